import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { assertCaseCondition } from '../cases/index.ts'
import type { Clause, Content, Finding } from './contract-shapes.ts'
import { weakWords } from './wording.ts'

export type Law = {
  key: string
  name: string
  citedAs: string
  jurisdictions: string[]
  repealedOn: string
  successor: string
  source: string
  note: string
}

/** Laws that no longer hold, those that went last first. */
export const repealedLaws = async ({ db }: Pick<Reading, 'db'>): Promise<Law[]> => {
  const { rows } =
    await sql<Law>`select key, name, cited_as as "citedAs", jurisdictions, repealed_on::text as "repealedOn", successor, source, note
    from repealed_laws order by repealed_on desc, key`.execute(db)
  return rows
}

/** What stands about a code apart from its words. */
export type Standing = { today: string; reviewOn: string | null; ownerLeft: boolean; owner: string }

const cites = (text: string, { jurisdiction }: Pick<Content, 'jurisdiction'>, laws: readonly Law[], today: string) =>
  laws.filter(
    law =>
      law.repealedOn <= today && law.jurisdictions.includes(jurisdiction) && new RegExp(law.citedAs, 'i').test(text),
  )

const ofClause = (clause: Clause): Finding[] => {
  const { key, promise, part, text } = clause
  const about = { clause: key, words: '', instead: '' }
  const weak = part === 'customers' || promise ? weakWords(text).map(one => ({ ...one, clause: key })) : []
  if (!promise) return weak
  return [
    ...(promise.indicator ? [] : [{ ...about, check: 'no_indicator' as const }]),
    ...(promise.remedy ? [] : [{ ...about, check: 'no_remedy' as const }]),
    ...weak,
  ]
}

/** What makes a code weaker than it looks: pure, so that a table of cases can test it. */
export const findingsIn = (content: Content, laws: readonly Law[], standing: Standing): Finding[] => {
  const { today, reviewOn, ownerLeft, owner } = standing
  const cited = (clause: string | null, text: string): Finding[] =>
    cites(text, content, laws, today).map(law => ({
      check: 'repealed',
      clause,
      words: law.name,
      instead: law.successor,
    }))
  const about = { clause: null, words: '', instead: '' }
  return [
    ...(ownerLeft ? [{ ...about, check: 'owner_left' as const, words: owner }] : []),
    ...(reviewOn === null ? [{ ...about, check: 'no_review' as const }] : []),
    ...(reviewOn !== null && reviewOn < today ? [{ ...about, check: 'review_overdue' as const, words: reviewOn }] : []),
    ...cited(null, [content.name, content.scope, content.limits, content.definitions].join('\n')),
    ...content.clauses.flatMap(clause => [
      ...ofClause(clause),
      ...cited(clause.key, `${clause.text}\n${clause.promise?.remedy ?? ''}`),
    ]),
  ]
}

/** @throws Refusal naming the clause whose key is there twice, or whose condition makes no sense */
export const assertContent = async (work: Work, { clauses }: Content): Promise<void> => {
  for (const [at, { key, promise }] of clauses.entries()) {
    if (clauses.findIndex(other => other.key === key) !== at)
      refuseField(`clauses[${at}].key`, `There are two clauses with the key ${key}`)
    if (promise?.remedyMinutes && !promise.indicator)
      refuseField(`clauses[${at}].promise.remedyMinutes`, 'Only what is measured can be missed: say how it is measured')
    if (promise?.indicator) await assertCaseCondition({ db: work.tx }, promise.indicator.condition)
  }
}
