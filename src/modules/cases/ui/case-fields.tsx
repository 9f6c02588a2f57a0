import {
  IconAlertCircle,
  IconCircleDot,
  IconLock,
  IconLockOpen,
  IconRoute,
  IconTag,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react'
import { Pick } from '../../../ui/kit/pick.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useAway } from '../../cover/ui/index.ts'
import type { Case, CaseKind, Stage, Status } from '../contract.ts'
import {
  useKindChoices,
  useSeverityChoices,
  useStaff,
  useStaffChoices,
  useStageChoices,
  useStatusChoices,
  useTeamChoices,
  useTopicChoices,
} from './choices.tsx'
import { CustomFields } from './custom-fields.tsx'
import { useChangeCase } from './lines.ts'
import { Tags } from './tags.tsx'

const nothing = '-'
const idOrNull = (value: string) => (value === nothing ? null : Number(value))

/** What the case is and who has it: each one a word that can be changed where it stands. */
export const CaseFields = ({ kase, solve }: { kase: Case; solve: () => void }) => {
  const t = useSay()
  const change = useChangeCase()
  const set = (values: Omit<Parameters<typeof change.mutate>[0], 'id'>) => change.mutate({ id: kase.id, ...values })
  const fixed = !kase.can.includes('change')
  const statuses = useStatusChoices()
  const kinds = useKindChoices()
  const severities = useSeverityChoices()
  const teams = useTeamChoices()
  const staff = useStaffChoices()
  const members = useStaff()
  const topics = useTopicChoices()
  const stages = useStageChoices()
  const { warning } = useAway()
  const give = (value: string) => {
    const mind = warning(idOrNull(value), members.find(one => String(one.id) === value)?.name ?? '')
    if (mind) told(mind)
    set({ assigneeId: idOrNull(value) })
  }
  const setStatus = (status: string) => (status === 'solved' ? solve() : set({ status: status as Status }))
  const none = (label: string) => ({ value: nothing, label })
  return (
    <div className="rp-case-fields">
      <Pick
        name="status"
        label={t('field.status')}
        icon={<IconCircleDot size={15} />}
        value={kase.status}
        choices={statuses.filter(({ value }) => value !== 'new' || kase.status === 'new')}
        onPick={setStatus}
        disabled={fixed}
      />
      <Pick
        name="assignee"
        label={t('field.assignee')}
        icon={<IconUser size={15} />}
        empty={t('case.unassigned')}
        value={kase.assignee ? String(kase.assignee.id) : null}
        choices={[none(t('case.unassigned')), ...staff]}
        onPick={give}
        disabled={!kase.can.includes('assign')}
      />
      <Pick
        name="team"
        label={t('field.team')}
        icon={<IconUsersGroup size={15} />}
        empty={t('case.noTeam')}
        value={kase.team ? String(kase.team.id) : null}
        choices={[none(t('case.noTeam')), ...teams]}
        onPick={value => set({ teamId: idOrNull(value) })}
        disabled={!kase.can.includes('assign')}
      />
      <Pick
        name="kind"
        label={t('field.kind')}
        value={kase.kind}
        choices={kinds}
        onPick={value => set({ kind: value as CaseKind })}
        disabled={fixed}
      />
      <Pick
        name="severity"
        label={t('field.severity')}
        icon={<IconAlertCircle size={15} />}
        value={String(kase.severity)}
        choices={severities}
        onPick={value => set({ severity: Number(value) })}
        disabled={fixed}
      />
      {topics.length > 0 && (
        <Pick
          name="topic"
          label={t('field.topic')}
          icon={<IconTag size={15} />}
          empty={t('case.noTopic')}
          value={kase.topic ? String(kase.topic.id) : null}
          choices={[none(t('case.noTopic')), ...topics]}
          onPick={value => set({ topicId: idOrNull(value) })}
          disabled={fixed}
        />
      )}
      <Pick
        name="stage"
        label={t('field.stage')}
        icon={<IconRoute size={15} />}
        empty={t('case.noStage')}
        value={kase.stage}
        choices={[none(t('case.noStage')), ...stages]}
        onPick={value => set({ stage: value === nothing ? null : (value as Stage) })}
        disabled={fixed}
      />
      {(kase.can.includes('mark_confidential') || kase.confidential) && (
        <button
          type="button"
          className="rp-pick"
          data-name="confidential"
          data-empty={!kase.confidential || undefined}
          aria-pressed={kase.confidential}
          disabled={!kase.can.includes('mark_confidential')}
          onClick={() => set({ confidential: !kase.confidential })}
        >
          {kase.confidential ? <IconLock size={15} aria-hidden /> : <IconLockOpen size={15} aria-hidden />}
          {t('case.confidential')}
        </button>
      )}
      <CustomFields kase={kase} set={custom => set({ custom })} />
      <Tags tags={kase.tags} fixed={fixed} set={tags => set({ tags, version: kase.version })} />
    </div>
  )
}
