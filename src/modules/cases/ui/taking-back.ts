import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { call, keyOf, type Problem } from '../../../ui/call.ts'
import { toldProblem } from '../../../ui/kit/toast.tsx'
import { type Say, useSay } from '../../../ui/language/index.ts'
import { type Case, cases } from '../contract.ts'
import { working } from '../contract-working.ts'
import { toldWithUndo } from './joining.ts'
import { patchLine } from './patching.ts'

const fields = [
  'status',
  'assignee',
  'team',
  'kind',
  'severity',
  'topic',
  'product',
  'stage',
  'confidential',
  'tags',
  'subject',
] as const
type Field = (typeof fields)[number]

const wordOf = (t: Say, kase: Case, field: Field): string => {
  if (field === 'status') return t(`status.${kase.status}`)
  if (field === 'kind') return t(`kind.${kase.kind}`)
  if (field === 'severity') return t(`severity.${kase.severity as 1 | 2 | 3 | 4}`)
  if (field === 'stage') return kase.stage ? t(`stage.${kase.stage}`) : t('words.none')
  if (field === 'assignee' || field === 'team' || field === 'topic' || field === 'product')
    return kase[field]?.name ?? t('words.nobody')
  if (field === 'confidential') return t(kase.confidential ? 'words.yes' : 'words.no')
  return field === 'tags' ? kase.tags.join(', ') || t('words.none') : kase.subject
}

/** What differs, in a few words: "Severity: High severity". */
const saidOf = (t: Say, before: Case, after: Case): string => {
  const changed = fields.filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  const told = changed.slice(0, 2).map(field => `${t(`field.${field}`)}: ${wordOf(t, after, field)}`)
  return told.join(' · ') || t('change.done')
}

const show = (client: QueryClient, kase: Case): void => {
  client.setQueryData(keyOf(cases.get, { id: kase.id }), kase)
  patchLine(client, kase.id, kase)
  for (const stale of [cases.timeline, cases.counts]) void client.invalidateQueries({ queryKey: keyOf(stale) })
}

/** Takes a change back by the version it made, and shows the case as it is again. */
export const useTakeBack = () => {
  const client = useQueryClient()
  return useCallback(
    (id: number, version: number): Promise<void> =>
      call(working.undoChange, { id, version }).then(
        kase => show(client, kase),
        (problem: Problem) => toldProblem(problem),
      ),
    [client],
  )
}

/** Says what was changed in a case, with the way back. */
export const useToldChange = () => {
  const t = useSay()
  const takeBack = useTakeBack()
  return (before: Case | undefined, after: Case, words?: string): void => {
    if (!before || before.version === after.version) return
    toldWithUndo(words ?? saidOf(t, before, after), () => void takeBack(after.id, after.version), `changed${after.id}`)
  }
}
