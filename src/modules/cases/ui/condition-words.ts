import { useCall } from '../../../ui/call.ts'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { people } from '../../people/contract.ts'
import { useStaff, useTopics } from './choices.tsx'
import { type FieldInfo, type Group, type Item, isGroup, operatorsOf, type Row, useChoiceWords } from './conditions.ts'

/** The names that ids in a condition stand for. */
const useNames = () => {
  const t = useSay()
  const lists: Record<string, { id: number; name: string }[]> = {
    assignee: useStaff(),
    sharedWith: useStaff(),
    team: useTeams(),
    topic: useTopics(),
  }
  return (field: string, id: unknown): string =>
    id === 'me'
      ? t('view.meWord')
      : (lists[field]?.find(one => String(one.id) === String(id))?.name ?? `#${String(id)}`)
}

/** The name of a person a condition is about, where one may read it. */
export const usePersonName = (id: unknown): string => {
  const may = useMay()('person.read')
  const number = Number(id)
  const person = useCall(people.get, { id: number }, { enabled: may && number > 0, staleTime: 5 * 60_000 })
  return person.data?.name ?? ''
}

const isSpan = (value: unknown): value is { n: number; unit: string } =>
  typeof value === 'object' && value !== null && 'unit' in value

const isRange = (value: unknown): value is { from?: unknown; to?: unknown } =>
  typeof value === 'object' && value !== null && ('from' in value || 'to' in value)

/** A condition as one sentence: "Kind is complaint and (status is new or waiting since is older than 2 days)". */
export const useSentence = (fields: readonly FieldInfo[]) => {
  const t = useSay()
  const choiceWord = useChoiceWords()
  const nameOf = useNames()
  const word = (field: FieldInfo | undefined, value: unknown): string => {
    if (field?.type === 'id') return nameOf(field.key, value)
    if (field?.type === 'choice') {
      const said = choiceWord(field.key, String(value))
      return field.key.startsWith('custom.') ? said : said.toLowerCase()
    }
    if (field?.type === 'flag') return t(value ? 'words.yes' : 'words.no').toLowerCase()
    if ((field?.type === 'time' || field?.type === 'date') && !Number.isNaN(Date.parse(String(value))))
      return onDay(String(value))
    return `“${String(value)}”`
  }
  const listed = (words: string[]): string =>
    words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${t('view.or')} ${words.at(-1)}`
  const valueWords = (field: FieldInfo | undefined, value: unknown): string => {
    if (value === undefined || value === '') return '…'
    if (isSpan(value)) return `${value.n} ${sayOr(`unit.${value.unit}`, value.unit)}`
    if (isRange(value)) return `${word(field, value.from ?? '…')} ${t('view.and')} ${word(field, value.to ?? '…')}`
    if (Array.isArray(value)) return listed(value.map(one => word(field, one))) || '…'
    return word(field, value)
  }
  const rowWords = ({ field: key, op, value }: Row): string => {
    const field = fields.find(one => one.key === key)
    const operator = operatorsOf(field).find(([name]) => name === op)?.[1]
    const label = sayOr(`field.${key}`, field?.label ?? key)
    if (!operator) return `${label} …`
    const said = `${label} ${sayOr(`op.${op}`, operator.label)}`
    return operator.value === 'nothing' ? said : `${said} ${valueWords(field, value)}`
  }
  const groupWords = ({ mode, items }: Group): string => {
    const joint = ` ${t(mode === 'all' ? 'view.and' : 'view.or')} `
    const parts = items.map(item => itemWords(item)).join(joint)
    return mode === 'none' ? t('view.notSo', { parts }) : parts
  }
  const itemWords = (item: Item): string => {
    if (!isGroup(item)) return rowWords(item)
    return item.mode === 'none' || item.items.length < 2 ? groupWords(item) : `(${groupWords(item)})`
  }
  return (group: Group): string => (group.items.length === 0 ? t('view.everything') : groupWords(group))
}
