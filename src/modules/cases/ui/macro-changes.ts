import { useMemo } from 'react'
import { type Say, useSay } from '../../../ui/language/index.ts'
import { type Act, asText, isActName } from '../../automation/ui/index.ts'
import { useTeams } from '../../identity/ui/index.ts'
import type { CaseKind, Status } from '../contract.ts'
import type { Offered } from '../contract-macros.ts'
import { useStaff, useTopics } from './choices.tsx'

type Change = {
  status?: Status
  kind?: CaseKind
  severity?: 1 | 2 | 3 | 4
  topicId?: number | null
  teamId?: number | null
  assigneeId?: number | 'me' | null
  addTags?: string[]
  removeTags?: string[]
  custom?: Record<string, string | number | boolean | null>
}

const besides = (t: Say, act: Act, team: string): string => {
  if (!isActName(act.do)) return act.do
  const does = t(`rules.do.${act.do}`)
  return act.do === 'promise' ? `${does}: ${asText(act.title)}` : act.do === 'refer' ? `${does}: ${team}` : does
}

/** What a macro changes and does besides, in a few words, before it does. */
export const useMacroChanges = (): ((macro: Pick<Offered, 'change' | 'also'>) => string) => {
  const t = useSay()
  const [staff, teams, topics] = [useStaff(), useTeams(), useTopics()]
  return useMemo(() => {
    const named = (all: readonly { id: number; name: string }[], id: number | null) =>
      all.find(one => one.id === id)?.name ?? t('words.nobody')
    return macro => {
      const change = macro.change as Change
      const { addTags = [], removeTags = [], custom = {} } = change
      const to = change.assigneeId
      return [
        ...(change.status ? [t(`status.${change.status}`)] : []),
        ...(change.severity ? [t(`severity.${change.severity}`)] : []),
        ...(change.kind ? [t(`kind.${change.kind}`)] : []),
        ...(to === undefined
          ? []
          : [to === 'me' ? t('command.assignMe') : `${t('field.assignee')}: ${named(staff, to)}`]),
        ...(change.teamId === undefined ? [] : [`${t('field.team')}: ${named(teams, change.teamId)}`]),
        ...(change.topicId === undefined ? [] : [`${t('field.topic')}: ${named(topics, change.topicId)}`]),
        ...addTags.map(tag => `+ ${tag}`),
        ...removeTags.map(tag => `− ${tag}`),
        ...Object.entries(custom).map(([key, value]) => `${key}: ${value ?? t('words.none')}`),
        ...macro.also.map(act => besides(t, act, named(teams, Number(act.teamId)))),
      ].join(' · ')
    }
  }, [t, staff, teams, topics])
}
