import './knowledge.css'
import { Button, Radio } from '@mantine/core'
import { Link, useParams, useSearchParams } from 'react-router'
import { useCall, usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { knowledge } from '../contract.ts'
import type { VersionLine } from '../contract-shapes.ts'
import { Differences } from './differences.tsx'

type Chosen = { from: number; to: number }

const tones = { draft: 'plain', in_review: 'note', approved: 'info', published: 'good', replaced: 'plain' } as const

const Row = ({ version, chosen, choose }: { version: VersionLine; chosen: Chosen; choose: (next: Chosen) => void }) => {
  const t = useSay()
  const { number } = version
  return (
    <li>
      <Radio
        name="from"
        aria-label={t('versions.from', { number })}
        checked={chosen.from === number}
        onChange={() => choose({ ...chosen, from: number })}
      />
      <Radio
        name="to"
        aria-label={t('versions.to', { number })}
        checked={chosen.to === number}
        onChange={() => choose({ ...chosen, to: number })}
      />
      <span className="rp-grow">
        <strong>{t('versions.number', { number })}</strong> <span dir="auto">{version.title}</span>
        <span className="rp-dim rp-small" style={{ display: 'block' }}>
          {version.writer.name}, <TimeAgo at={version.at} />
          {version.approver && <> · {t('article.approvedBy', { name: version.approver.name })}</>}
          {version.note && <> · {version.note}</>}
        </span>
      </span>
      <Label tone={tones[version.state]}>{t(`version.state.${version.state}`)}</Label>
    </li>
  )
}

/** Two versions, as the address says; the newest against the one before where it says nothing. */
const useChosen = (newest: number) => {
  const [params, setParams] = useSearchParams()
  const to = Number(params.get('to')) || newest
  const from = Number(params.get('from')) || Math.max(1, to - 1)
  const choose = (next: Chosen) => setParams({ from: String(next.from), to: String(next.to) }, { replace: true })
  return { chosen: { from, to }, choose }
}

const Shown = ({ id, newest, title }: { id: number; newest: number; title: string }) => {
  const t = useSay()
  const { chosen, choose } = useChosen(newest)
  const list = usePages(knowledge.articleVersions, { id, limit: 50 })
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('article.versionsOf', { title })} lead={t('versions.lead')}>
        <Button variant="default" component={Link} to={`/knowledge/${id}`}>
          {t('versions.back')}
        </Button>
      </PageHeader>
      <RecordList of={{ ...list, items: list.isPending ? undefined : list.items }} height={52}>
        {version => <Row key={version.number} version={version} chosen={chosen} choose={choose} />}
      </RecordList>
      {newest === 1 ? (
        <EmptyState icon={null} title={t('versions.one')} text={t('versions.oneText')} />
      ) : (
        <Differences id={id} {...chosen} />
      )}
    </div>
  )
}

/** All versions of an article, and what differs between any two. */
export const Versions = () => {
  const { id } = useParams()
  const known = /^\d+$/.test(id ?? '')
  const article = useCall(knowledge.article, { id: Number(id) }, { enabled: known })
  if (!known || article.error) return <NotFound />
  if (!article.data)
    return (
      <div className="rp-page" data-narrow>
        <Loading rows={4} />
      </div>
    )
  return <Shown id={article.data.id} newest={article.data.newestNumber} title={article.data.shown.title} />
}
