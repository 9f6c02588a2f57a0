const headOf = (raw: Buffer): string => {
  const head = raw.subarray(0, 65_536).toString('latin1')
  const end = head.search(/\r?\n\r?\n/)
  return (end < 0 ? head : head.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ')
}

const values = (head: string, names: string): string[] =>
  Array.from(head.matchAll(new RegExp(`^(?:${names}):(.*)$`, 'gim')), found => found[1] ?? '')

/** What a mail has in common with one it must not overtake: who wrote it, its thread, the token or number of its case. */
const threadsOf = (raw: Buffer): string[] => {
  const head = headOf(raw)
  const own = values(head, 'from|sender|reply-to|message-id|in-reply-to|references').flatMap(
    value => value.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? [],
  )
  const to = values(head, 'to|cc|delivered-to|x-original-to|envelope-to').flatMap(
    value => value.match(/[^\s<>,;"]+\+[^\s<>,;"]+@[^\s<>,;"]+/g) ?? [],
  )
  const numbers = values(head, 'subject').flatMap(value => value.match(/#\d+/g) ?? [])
  return [...own, ...to, ...numbers].map(value => value.toLowerCase())
}

/**
 * Sorts mails into lanes: those that may belong together share one, in the order they came; different lanes have
 * nothing to do with each other and need not wait.
 * @param mails in the order they came
 */
export const lanesOf = <M extends { raw: Buffer }>(mails: readonly M[]): M[][] => {
  let lanes: { threads: Set<string>; mails: M[] }[] = []
  for (const mail of mails) {
    const threads = threadsOf(mail.raw)
    const [mine, others] = [[] as typeof lanes, [] as typeof lanes]
    for (const lane of lanes) (threads.some(thread => lane.threads.has(thread)) ? mine : others).push(lane)
    const joined = new Set([...mine.flatMap(lane => [...lane.threads]), ...threads])
    const order = mine.flatMap(lane => lane.mails).toSorted((a, b) => mails.indexOf(a) - mails.indexOf(b))
    lanes = [...others, { threads: joined, mails: [...order, mail] }]
  }
  return lanes.map(lane => lane.mails)
}
