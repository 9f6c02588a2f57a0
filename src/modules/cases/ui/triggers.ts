import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { cases } from '../contract.ts'
import { useArticleTriggers } from './article-triggers.ts'
import { useStaff } from './choices.tsx'
import type { Mode } from './composing.ts'
import { useMacroTriggers } from './macro-triggers.ts'
import { productTrigger } from './product-trigger.ts'
import type { Offer, Trigger } from './suggesting.ts'

const most = 6
const fits = (name: string, query: string) => name.toLowerCase().includes(query.trim().toLowerCase())

/** Finds cases by number or words. */
const findCases = async (query: string): Promise<Offer[]> => {
  if (query.trim() === '') return []
  const { items } = await call(cases.search, { q: query.trim(), limit: most }).catch(() => ({ items: [] }))
  return items
    .filter(item => item.type === 'case')
    .map(item => ({ key: `c${item.id}`, label: `#${item.id} ${item.title}`, insert: `#${item.id} ` }))
}

/**
 * What opens while one writes: `@` colleagues and teams (in notes), `#` cases, `$` products, `/` and `::` prepared text,
 * `??` articles.
 */
export const useTriggers = (caseId: number, mode: Mode): Trigger[] => {
  const t = useSay()
  const client = useQueryClient()
  const staff = useStaff()
  const teams = useTeams()
  const macros = useMacroTriggers(client, caseId, mode)
  const articles = useArticleTriggers(client, caseId)
  return useMemo(() => {
    const people: Trigger = {
      name: 'person',
      char: '@',
      withSpaces: true,
      find: query =>
        mode !== 'note'
          ? []
          : [
              ...staff.map(({ id, name }) => ({ key: `s${id}`, label: name, insert: `@${name} ` })),
              ...teams.map(({ id, name }) => ({
                key: `t${id}`,
                label: name,
                detail: t('suggest.team'),
                insert: `@${name} `,
              })),
            ]
              .filter(offer => fits(offer.label, query))
              .slice(0, most),
    }
    const kases: Trigger = { name: 'case', char: '#', withSpaces: false, find: findCases }
    return [people, kases, productTrigger(mode), ...macros, ...articles]
  }, [staff, teams, mode, macros, articles, t])
}
