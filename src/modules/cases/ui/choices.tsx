import { useCall } from '../../../ui/call.ts'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { KindIcon } from '../../../ui/kit/badges.tsx'
import type { Choice } from '../../../ui/kit/pick.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { useAway } from '../../cover/ui/index.ts'
import { identity } from '../../identity/contract.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { people } from '../../people/contract.ts'
import { caseKinds, cases, stages, statuses } from '../contract.ts'

const slow = { staleTime: 5 * 60_000 }

export const useStaff = () =>
  useCall(identity.staff, {}, slow).data?.items.filter(member => member.endedAt === null) ?? []
export const useTopics = () => useCall(cases.topics, {}, slow).data?.items ?? []

/** Colleagues as choices, myself first; of those who are away it is said until when. */
export const useStaffChoices = (): Choice[] => {
  const t = useSay()
  const me = useMe()
  const staff = useStaff()
  const { named } = useAway()
  const choice = (id: number, name: string, label = named(id, name)): Choice => ({
    value: String(id),
    label,
    icon: <Avatar name={name} size={18} />,
  })
  return [
    ...staff
      .filter(member => member.id === me.id)
      .map(member => choice(member.id, member.name, t('words.me', { name: member.name }))),
    ...staff.filter(member => member.id !== me.id).map(member => choice(member.id, member.name)),
  ]
}

export const useTeamChoices = (): Choice[] => useTeams().map(team => ({ value: String(team.id), label: team.name }))
export const useTopicChoices = (): Choice[] =>
  useTopics().map(topic => ({ value: String(topic.id), label: topic.name }))

export const useTypeChoices = () =>
  (useCall(people.types, {}, slow).data?.items ?? []).map(type => ({ value: String(type.id), label: type.name }))

export const useKindChoices = (): Choice[] => {
  const t = useSay()
  return caseKinds.map(kind => ({ value: kind, label: t(`kind.${kind}`), icon: <KindIcon kind={kind} size={15} /> }))
}

export const useStatusChoices = (): Choice[] => {
  const t = useSay()
  return statuses.map(status => ({ value: status, label: t(`status.${status}`) }))
}

export const useStageChoices = (): Choice[] => {
  const t = useSay()
  return stages.map(stage => ({ value: stage, label: t(`stage.${stage}`) }))
}

export const useSeverityChoices = (): Choice[] => {
  const t = useSay()
  return ([1, 2, 3, 4] as const).map(severity => ({ value: String(severity), label: t(`severity.${severity}`) }))
}
