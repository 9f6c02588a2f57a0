import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconClipboardCheck, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useCall, usePages } from '../../../ui/call.ts'
import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { identity } from '../../identity/contract.ts'
import { acts, authority, type Decision } from '../contract.ts'

const tones: Record<Decision['outcome'], Tone> = {
  own: 'plain',
  approved: 'good',
  approved_less: 'note',
  declined: 'bad',
  taken_back: 'plain',
}

/** One decision of the register: what, how much, for whom, why, and by whom. */
const Row = ({ decision }: { decision: Decision }) => {
  const t = useSay()
  const { act, amount, asked, currency, outcome, madeBy, decidedBy, verdict } = decision
  const shown = decision.takenBack ? 'taken_back' : outcome
  return (
    <li>
      <div className="rp-grow">
        <strong>{t(`act.${act}`)}</strong> <span className="rp-number">{money(amount, currency)}</span>
        {asked !== amount && (
          <span className="rp-dim"> · {t('decisions.asked', { asked: money(asked, currency) })}</span>
        )}
        <div className="rp-small">{decision.reason}</div>
        {decision.exceptionReason && (
          <div className="rp-small">
            {t('decisions.exception')}: {decision.exceptionReason}
            {decision.policy && ` (${decision.policy})`}
          </div>
        )}
        {verdict && (
          <div className="rp-small">
            {decidedBy.name}: {verdict}
          </div>
        )}
        <div className="rp-dim rp-small">
          {decidedBy.name}
          {madeBy.id !== decidedBy.id && `, ${t('decisions.madeBy', { name: madeBy.name })}`} · {decision.person.name} ·{' '}
          {decision.subjectKind === 'case' && <Link to={`/cases/${decision.subjectId}`}>#{decision.subjectId}</Link>} ·{' '}
          <TimeAgo at={decision.at} />
        </div>
      </div>
      {decision.exception && <Label tone="note">{t('decisions.exception')}</Label>}
      <Label tone={tones[shown]}>{t(`decisions.outcome.${shown}`)}</Label>
    </li>
  )
}

type Filter = { act: Decision['act'] | null; staffId: string | null; from: string; to: string; exceptions: boolean }
const nothing: Filter = { act: null, staffId: null, from: '', to: '', exceptions: false }

const asked = ({ act, staffId, from, to, exceptions }: Filter) => ({
  ...(act ? { act } : {}),
  ...(staffId ? { staffId: Number(staffId) } : {}),
  ...(from ? { from } : {}),
  ...(to ? { to } : {}),
  ...(exceptions ? { exceptions: 'true' as const } : {}),
})

const Filters = ({ filter, set }: { filter: Filter; set: (filter: Filter) => void }) => {
  const t = useSay()
  const staff = useCall(identity.staff, {})
  return (
    <div className="rp-actions" style={{ marginBottom: 14, alignItems: 'flex-end' }}>
      <Select
        label={t('decisions.act')}
        placeholder={t('decisions.everything')}
        data={acts.map(value => ({ value, label: t(`act.${value}`) }))}
        value={filter.act}
        onChange={act => set({ ...filter, act })}
        clearable
      />
      <Select
        label={t('decisions.staff')}
        placeholder={t('audit.everybody')}
        data={staff.data?.items.map(one => ({ value: String(one.id), label: one.name })) ?? []}
        value={filter.staffId}
        onChange={staffId => set({ ...filter, staffId })}
        searchable
        clearable
      />
      {(['from', 'to'] as const).map(end => (
        <TextInput
          key={end}
          type="date"
          label={t(`decisions.${end}`)}
          value={filter[end]}
          onChange={event => set({ ...filter, [end]: event.currentTarget.value })}
        />
      ))}
      <Checkbox
        label={t('decisions.exceptionsOnly')}
        checked={filter.exceptions}
        onChange={event => set({ ...filter, exceptions: event.currentTarget.checked })}
      />
    </div>
  )
}

/** The register: every use of authority, newest first. */
export const Decisions = () => {
  const t = useSay()
  const [filter, setFilter] = useState(nothing)
  const input = asked(filter)
  const pages = usePages(authority.decisions, input, { keep: true })
  const query = new URLSearchParams(Object.entries(input).map(([key, value]) => [key, String(value)]))
  return (
    <div className="rp-page">
      <PageHeader title={t('decisions.title')} lead={t('decisions.lead')}>
        <Button
          component="a"
          variant="default"
          href={`/api/decisions/export?${query}`}
          download
          leftSection={<IconDownload size={16} />}
        >
          {t('decisions.export')}
        </Button>
      </PageHeader>
      <Filters filter={filter} set={setFilter} />
      <RecordList
        of={pages}
        none={
          <EmptyState
            icon={<IconClipboardCheck size={34} stroke={1.2} />}
            title={t('decisions.none')}
            text={t('decisions.noneText')}
          />
        }
      >
        {decision => <Row key={decision.id} decision={decision} />}
      </RecordList>
    </div>
  )
}
