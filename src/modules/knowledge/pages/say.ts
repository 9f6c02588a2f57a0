import { sayingFrom } from '../../../shared/phrase.ts'
import { helpWords } from '../ui/en-help.ts'

const saying = sayingFrom(helpWords)

/** A text of the public help centre. */
export const say = (key: keyof typeof helpWords, values: Record<string, string | number> = {}): string =>
  saying(key, values)
