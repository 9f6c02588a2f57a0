import { sayingFrom } from '../../../shared/phrase.ts'
import { pageWords } from '../ui/en-pages.ts'

type Key = keyof typeof pageWords

const saying = sayingFrom(pageWords)

/** A text of the public pages. */
export const say = (key: Key, values: Record<string, string | number> = {}): string => saying(key, values)

/** For keys made of a kind or status. */
export const sayOf = (group: 'ask' | 'state', name: string): string => saying(`${group}.${name}`, {})

/** A moment as people say it, in the organisation's own zone. */
export const when = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: zone }).format(at)
