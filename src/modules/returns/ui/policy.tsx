import './policy.css'
import { Button, NativeSelect } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf, useAct, useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay, useMe } from '../../../ui/me.ts'
import { identity } from '../../identity/contract.ts'
import { type Policy, returns } from '../contract.ts'
import { PolicyDraft } from './policy-draft.tsx'
import { RuleSentence } from './rule-list.tsx'

const nations = ['GB-EAW', 'GB-SCT', 'GB-NIR', 'IE', 'DE', 'FR', 'NL', 'ES', 'IT'] as const

/** Whose law is asked where nothing is known of the customer's. */
const Law = () => {
  const t = useSay()
  const client = useQueryClient()
  const may = useMay()('settings.edit')
  const organisation = useCall(identity.organisation, {}).data
  const act = useAct(identity.changeOrganisation, {
    done: saved => {
      client.setQueryData(keyOf(identity.organisation, {}), saved)
      told(t('action.saved'))
    },
  })
  if (!organisation) return <Loading rows={1} />
  const { jurisdiction, version } = organisation
  const known = nations.find(one => one === jurisdiction)
  if (!may)
    return (
      <dl className="rp-facts rp-facts-wide">
        <div>
          <dt>{t('returnPolicy.law')}</dt>
          <dd>{known ? t(`jurisdiction.${known}`) : jurisdiction}</dd>
        </div>
      </dl>
    )
  return (
    <NativeSelect
      label={t('returnPolicy.law')}
      description={t('returnPolicy.lawText')}
      data={[
        ...(known ? [] : [{ value: jurisdiction, label: jurisdiction }]),
        ...nations.map(value => ({ value, label: t(`jurisdiction.${value}`) })),
      ]}
      value={jurisdiction}
      disabled={act.isPending}
      onChange={event => act.mutate({ jurisdiction: event.currentTarget.value, version })}
    />
  )
}

const Rules = ({ policy, currency }: { policy: Policy; currency: string }) => (
  <ol className="rp-rules">
    {policy.rules.map(rule => (
      <li key={rule.id} className="rp-rule">
        <RuleSentence rule={rule} currency={currency} />
      </li>
    ))}
  </ol>
)

const Older = ({ items, currency }: { items: Policy[]; currency: string }) => {
  const t = useSay()
  return (
    <Section title={t('returnPolicy.older')}>
      {items.map(policy => (
        <details key={policy.version} className="rp-rule-older">
          <summary>
            {t('returnPolicy.olderOne', {
              version: policy.version,
              day: policy.publishedAt ? onDay(policy.publishedAt) : '',
            })}
            {policy.note && <span className="rp-dim"> · {policy.note}</span>}
          </summary>
          <Rules policy={policy} currency={currency} />
        </details>
      ))}
    </Section>
  )
}

const Shown = ({ items }: { items: Policy[] }) => {
  const t = useSay()
  const { currency } = useMe().organisation
  const may = useMay()('return.policy')
  const [writing, setWriting] = useState(false)
  const draft = items.find(one => one.publishedAt === null) ?? null
  const [inForce = null, ...older] = items.filter(one => one.publishedAt !== null)
  const since = inForce?.publishedAt
    ? t('returnPolicy.inForceSince', {
        version: inForce.version,
        day: onDay(inForce.publishedAt),
        name: inForce.by?.name ?? t('words.nobody'),
      })
    : t('returnPolicy.noneText')
  return (
    <>
      <Section title={inForce ? t('returnPolicy.inForce') : t('returnPolicy.none')} lead={since}>
        {inForce && <Rules policy={inForce} currency={currency} />}
      </Section>
      {may && (
        <Section title={t('returnPolicy.draft')} lead={t('returnPolicy.draftLead')}>
          {draft || writing ? (
            <PolicyDraft
              key={inForce?.version ?? 0}
              draft={draft}
              inForce={inForce}
              currency={currency}
              published={() => setWriting(false)}
            />
          ) : (
            <Button variant="default" leftSection={<IconPencil size={15} />} onClick={() => setWriting(true)}>
              {t('returnPolicy.write')}
            </Button>
          )}
        </Section>
      )}
      {older.length > 0 && <Older items={older} currency={currency} />}
    </>
  )
}

/** What is offered beyond the law to those who bring something back: in force, being written, and before. */
export const ReturnPolicy = () => {
  const t = useSay()
  const { data, error } = useCall(returns.policies, {})
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('returnPolicy.title')} lead={t('returnPolicy.lead')} />
      <div className="rp-rule-law">
        <Law />
      </div>
      {data && <Shown items={data.items} />}
      {!data && error && (
        <Notice tone="bad" alert>
          {sentenceOf(error)}
        </Notice>
      )}
      {!data && !error && <Loading rows={4} />}
    </div>
  )
}
