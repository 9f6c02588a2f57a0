import { refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { CustomField } from './contract.ts'
import { allFields } from './fields.ts'

export const topicsOf = ({ db }: Pick<Reading, 'db'>) =>
  db.selectFrom('topics').select(['id', 'key', 'name']).where('ended_at', 'is', null).orderBy('position').execute()

export const customFieldsOf = async ({ db }: Pick<Reading, 'db'>): Promise<CustomField[]> =>
  (await db
    .selectFrom('custom_fields')
    .select(['id', 'key', 'label', 'type', 'choices', 'kinds'])
    .where('ended_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()) as CustomField[]

type NewField = { key: string; label: string; type: string; choices: string[]; kinds: string[] }

/** Declares a custom field; from now on conditions can use it. */
export const addCustomField = async (work: Work, input: NewField): Promise<CustomField> => {
  if (input.type === 'choice' && input.choices.length === 0) refuseField('choices', 'A choice needs at least one value')
  const made = await work.tx
    .insertInto('custom_fields')
    .values(input)
    .onConflict(c => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return refuseField('key', 'A field with this key exists already')
  work.record({
    type: 'custom_field.added',
    subject: { kind: 'custom_field', id: made.id },
    data: { label: input.label },
  })
  return { ...input, id: made.id } as CustomField
}

/** What conditions can be made of, as the browser shows it. */
export const fieldList = async (reading: Reading) =>
  Object.entries(await allFields(reading)).map(([key, field]) => ({
    key,
    label: field.label,
    type: field.type,
    ...('choices' in field ? { choices: field.choices.map(choice => choice.value) } : {}),
  }))
