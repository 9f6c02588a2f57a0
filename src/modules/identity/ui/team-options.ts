import { useCall } from '../../../ui/call.ts'
import { identity } from '../contract.ts'

/** All teams; asked for once in five minutes. */
export const useTeams = () => useCall(identity.teams, {}, { staleTime: 5 * 60_000 }).data?.items ?? []

/** Teams to choose one from in a form; the first choice is none of them, in the words of the form. */
export const useTeamOptions = (none: string) => [
  { value: '', label: none },
  ...useTeams().map(team => ({ value: String(team.id), label: team.name })),
]
