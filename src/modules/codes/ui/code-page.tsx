import './codes.css'
import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAct, useCall, usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { codes } from '../contract.ts'
import type { Code } from '../contract-shapes.ts'
import { CampaignDialog } from './campaign-dialog.tsx'
import { Clauses } from './clauses.tsx'
import { Register } from './register.tsx'
import { useFinding } from './words.ts'

const stale = [codes.code, codes.codes, codes.register, codes.versions, codes.measures]

/** I say that I have read it; it stays on record. */
const Acknowledge = ({ code }: { code: Code }) => {
  const t = useSay()
  const act = useAct(codes.acknowledge, { refresh: stale, done: () => told(t('codes.thanks')) })
  const { publishedNumber } = code
  if (publishedNumber === null || code.archived) return null
  if (code.readByMe) return <p className="rp-dim">{t('codes.readByMe', { number: publishedNumber })}</p>
  return (
    <Notice tone={code.toReadBy ? 'note' : 'info'}>
      <p style={{ margin: '0 0 8px' }}>
        {code.toReadBy ? t('codes.asked', { day: code.toReadBy }) : t('codes.notAsked')}
      </p>
      <Button loading={act.isPending} onClick={() => act.mutate({ id: code.id, number: publishedNumber })}>
        {t('codes.acknowledge')}
      </Button>
    </Notice>
  )
}

const Checks = ({ code }: { code: Code }) => {
  const t = useSay()
  const finding = useFinding()
  const number = (key: string | null) => code.draft.clauses.findIndex(clause => clause.key === key) + 1
  if (code.checks.length === 0) return <p className="rp-dim">{t('codes.noFindings')}</p>
  return (
    <ul className="rp-code-checks">
      {code.checks.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was found of one draft stays where it is
        <li key={i}>
          {one.clause !== null && <strong>{t('codes.clauseNumber', { number: number(one.clause) })} </strong>}
          {finding(one)}
        </li>
      ))}
    </ul>
  )
}

const aYearOn = (): string => {
  const now = new Date()
  return new Date(Date.UTC(now.getFullYear() + 1, now.getMonth(), now.getDate())).toISOString().slice(0, 10)
}

/** It was looked through and is still right: the promise to do so is kept, and the next one made. */
const Reviewed = ({ code }: { code: Code }) => {
  const t = useSay()
  const act = useAct(codes.noteReviewed, { refresh: stale, done: () => told(t('codes.reviewedDone')) })
  return (
    <div className="rp-actions" style={{ marginTop: 12 }}>
      <span className="rp-dim rp-grow">{code.reviewOn && t('codes.reviewBy', { day: code.reviewOn })}</span>
      <Button
        variant="default"
        loading={act.isPending}
        onClick={() => act.mutate({ id: code.id, version: code.version, reviewOn: aYearOn() })}
      >
        {t('codes.reviewed')}
      </Button>
    </div>
  )
}

const Versions = ({ id }: { id: number }) => {
  const t = useSay()
  const list = usePages(codes.versions, { id, limit: 20 })
  return (
    <RecordList
      of={{ ...list, items: list.isPending ? undefined : list.items }}
      none={<p className="rp-dim">{t('codes.noVersions')}</p>}
    >
      {one => (
        <li key={one.number}>
          <div>
            <strong>{t('codes.version', { number: one.number })}</strong>{' '}
            <span className="rp-dim">
              {one.by} · {atTime(one.at)}
            </span>
            {one.note && <div className="rp-small">{one.note}</div>}
          </div>
        </li>
      )}
    </RecordList>
  )
}

const Acts = ({ code }: { code: Code }) => {
  const t = useSay()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const change = useAct(codes.changeCode, { refresh: stale })
  const publish = useAct(codes.publishCode, { refresh: stale, done: () => told(t('codes.published')) })
  return (
    <>
      {may('knowledge.edit') && (
        <Button variant="default" component={Link} to={`/codes/${code.id}/edit`}>
          {t('action.edit')}
        </Button>
      )}
      {may('knowledge.edit') && (
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ id: code.id, archived: !code.archived })}
        >
          {t(code.archived ? 'codes.restore' : 'codes.archive')}
        </Button>
      )}
      {may('knowledge.approve') && code.publishedNumber !== null && !code.archived && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('codes.campaign.start')}
        </Button>
      )}
      {may('knowledge.approve') && code.changed && !code.archived && (
        <Button loading={publish.isPending} onClick={() => publish.mutate({ id: code.id, version: code.version })}>
          {t('codes.publish')}
        </Button>
      )}
      {asking && <CampaignDialog code={code} close={() => setAsking(false)} />}
    </>
  )
}

const Shown = ({ code }: { code: Code }) => {
  const t = useSay()
  const may = useMay()
  const measures =
    useCall(codes.measures, { id: code.id }, { enabled: code.publishedNumber !== null }).data?.items ?? []
  const shown = code.published ?? code.draft
  const facts = (['scope', 'limits', 'definitions', 'contact'] as const).filter(key => shown[key] !== '')
  return (
    <div className="rp-page" data-narrow>
      <PageHeader
        title={code.name}
        lead={
          <>
            <Label tone="plain">{t(`codes.level.${code.level}`)}</Label>{' '}
            {code.publishedNumber === null ? (
              <Label tone="note">{t('codes.draft')}</Label>
            ) : (
              t('codes.version', { number: code.publishedNumber })
            )}{' '}
            · {code.owner.name}{' '}
            {code.publicPath && (
              <a href={code.publicPath} target="_blank" rel="noopener">
                <IconExternalLink size={13} aria-hidden /> {t('codes.onWebsite')}
              </a>
            )}
          </>
        }
      >
        <Acts code={code} />
      </PageHeader>
      <Acknowledge code={code} />
      {facts.map(key => (
        <p key={key} className="rp-code-fact">
          <span className="rp-dim">{t(`codes.${key}`)}:</span> {shown[key]}
        </p>
      ))}
      <Clauses codeId={code.id} clauses={shown.clauses} measures={measures} />
      {may('knowledge.edit') && (
        <Section title={t('codes.checks')} lead={t('codes.checksLead')}>
          <Checks code={code} />
          <Reviewed code={code} />
        </Section>
      )}
      {may('knowledge.approve') && (
        <Section title={t('codes.register')} lead={t('codes.registerLead')}>
          <Register id={code.id} />
        </Section>
      )}
      <Section title={t('codes.versions')}>
        <Versions id={code.id} />
      </Section>
    </div>
  )
}

/** A code to read, with how its promises are kept. */
export const CodePage = () => {
  const t = useSay()
  const id = Number(useParams().id)
  const code = useCall(codes.code, { id })
  if (code.data) return <Shown code={code.data} />
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('codes.title')} />
      {code.error ? <ProblemNote problem={code.error} /> : <Loading rows={6} />}
    </div>
  )
}
