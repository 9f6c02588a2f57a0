import { system } from '../../platform/permissions/actor.ts'
import { refuseField } from '../../platform/refusal.ts'
import { type Action, action } from '../../platform/rules/registry.ts'
import type { Work } from '../../platform/work.ts'
import { changeFrom } from './changes.ts'
import { applyChange } from './changing.ts'
import { caseActions } from './contract-actions.ts'
import type { BulkChange } from './contract-bulk.ts'
import { assertText, factsOf, filledIn } from './filling.ts'
import { lockCase } from './loading.ts'
import { promiseOnCase } from './promising.ts'
import { write } from './writing.ts'

const assertStaff = async (work: Work, ids: readonly number[], field: string): Promise<void> => {
  const found = await work.tx
    .selectFrom('staff')
    .select('id')
    .where('id', 'in', [...ids])
    .where('ended_at', 'is', null)
    .execute()
  if (found.length < new Set(ids).size) refuseField(field, 'There is no such member of staff')
}

const exists = (work: Work, table: 'teams' | 'topics' | 'products', id: number) =>
  work.tx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()

/** What is named in a change is there today; that it goes later is found when it is done. */
const assertNamed = async (work: Work, change: BulkChange): Promise<void> => {
  if (change.assigneeId === 'me') refuseField('assigneeId', 'A rule is nobody in particular. Name somebody.')
  if (change.assigneeId) await assertStaff(work, [change.assigneeId as number], 'assigneeId')
  if (change.teamId && !(await exists(work, 'teams', change.teamId))) refuseField('teamId', 'There is no such team')
  if (change.topicId && !(await exists(work, 'topics', change.topicId)))
    refuseField('topicId', 'There is no such topic')
  if (change.productId && !(await exists(work, 'products', change.productId)))
    refuseField('productId', 'There is no such product')
}

const said = async (work: Work, caseId: number, text: string): Promise<string> =>
  filledIn(text, await factsOf({ db: work.tx, actor: work.actor, now: work.now }, caseId))

const writes = (kind: 'reply' | 'note') =>
  action({
    name: kind,
    input: caseActions[kind],
    check: async (_work, { text }) => assertText(text),
    run: async (work, id, { text }) => {
      const filled = await said(work, id, text)
      // Whoever reads an answer knows no rules: it comes from the house.
      const actor = kind === 'reply' && work.actor.kind === 'system' ? { ...work.actor, name: system.name } : work.actor
      await write({ ...work, actor }, { id, kind, text: filled, attachmentIds: [], mentionIds: [] })
      return true
    },
  })

/** Follows for somebody who may not have asked: they see nothing by it that they could not see before. */
const follow = action({
  name: 'follow',
  input: caseActions.follow,
  check: (work, { staffId }) => assertStaff(work, [staffId], 'staffId'),
  run: async (work, caseId, { staffId }) => {
    const kase = await lockCase(work, caseId)
    const added = await work.tx
      .insertInto('followers')
      .values({ case_id: kase.id, staff_id: staffId })
      .onConflict(c => c.doNothing())
      .executeTakeFirst()
    if (!added.numInsertedOrUpdatedRows) return false
    work.record({ type: 'case.followed', subject: { kind: 'case', id: kase.id }, data: { staffId } })
    return true
  },
})

const tell = action({
  name: 'tell',
  input: caseActions.tell,
  check: async (work, { staffIds, text }) => {
    await assertStaff(work, staffIds, 'staffIds')
    assertText(text)
  },
  run: async (work, id, { staffIds, text }) => {
    await write(work, { id, kind: 'note', text: await said(work, id, text), attachmentIds: [], mentionIds: staffIds })
    return true
  },
})

/** What can be done to a case by rules and macros, which find it in the registry. */
export const actionsOfCases: readonly Action[] = [
  action({
    name: 'change',
    input: caseActions.change,
    check: (work, { change }) => assertNamed(work, change),
    run: async (work, id, { change }) => {
      const { after } = await applyChange(work, id, now => changeFrom(change, now))
      return Object.keys(after).length > 0
    },
  }),
  writes('reply'),
  writes('note'),
  action({
    name: 'promise',
    input: caseActions.promise,
    run: async (work, id, { kind, title, withinMinutes }) => {
      await promiseOnCase(work, { id, kind, title, withinMinutes, note: '' })
      return true
    },
  }),
  follow,
  tell,
]
