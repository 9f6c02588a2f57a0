import { type Chance, oneOf } from './chance.ts'
import type { Person } from './people.ts'
import { handlers } from './staff.ts'
import type { Step, Story } from './story.ts'
import type { TeamKey } from './teams.ts'

const customersOf: Record<TeamKey, readonly string[]> = {
  counter: ['consumer', 'business'],
  deliveries: ['consumer', 'business'],
  surgery: ['patient'],
  college: ['student'],
  desk: ['colleague'],
}

/** Channels whose messages come from, and go back to, an e-mail address. */
export const byMail = new Set(['email', 'web_form', 'portal', 'chat', 'api'])
/** Channels that somebody of ours writes down. */
export const loggedByUs = new Set(['phone', 'face_to_face', 'letter'])
const byNumber = new Set(['phone', 'text_message'])

const step = (afterHours: number, who: string, about: Record<string, string>): Step => ({
  afterHours,
  who,
  act: 'set',
  about,
  mentions: [],
  text: '',
})

/** How a case that was answered went on: most are settled, the older ones closed, some still wait for the customer. */
const ending = (chance: Chance, who: string, agoHours: number): Step[] => {
  const met = chance()
  const needMet = met < 0.72 ? 'yes' : met < 0.86 ? 'partly' : met < 0.93 ? 'no' : undefined
  const solved = step(4 + chance() * 40, who, { status: 'solved', ...(needMet ? { needMet } : {}) })
  if (agoHours > 240 && chance() < 0.55) return [solved, step(110 + chance() * 60, who, { status: 'closed' })]
  return agoHours > 240 || chance() < 0.62 ? [solved] : []
}

const customer = (chance: Chance, { team, channel }: Story, people: Iterable<Person>): string => {
  const types = customersOf[team]
  const fits = (one: Person) => (!byMail.has(channel) || one.hasEmail) && (!byNumber.has(channel) || one.hasPhone)
  return oneOf(
    chance,
    [...people].filter(one => one.plain && types.includes(one.type) && fits(one)),
  ).key
}

/** A story in which nothing is left to chance: who came, when, who answered, and how it ended. */
export const castStory = (story: Story, chance: Chance, people: ReadonlyMap<string, Person>) => {
  const by = story.about.by ?? oneOf(chance, handlers[story.team])
  const person = story.person === 'any' ? customer(chance, story, people.values()) : story.person
  const agoHours = story.agoHours ?? 36 + 58 * 24 * chance()
  const steps = story.steps.flatMap(one => {
    const who = one.who === 'any' ? by : one.who
    const afterHours = one.afterHours ?? 0.4 + 7 * chance() ** 2
    return [{ ...one, who, afterHours }, ...(one.about.then === 'ends' ? ending(chance, who, agoHours) : [])]
  })
  return { ...story, person, agoHours, about: { ...story.about, by }, steps }
}

export type CastStory = ReturnType<typeof castStory>
export type CastStep = CastStory['steps'][number]
