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

const step = (afterHours: number, who: string, about: Record<string, string>) => ({
  afterHours,
  who,
  act: 'set' as const,
  about,
  mentions: [],
  text: '',
})

/** How a case that was answered went on: most are settled, the older ones closed, some still wait for the customer. */
const ending = (chance: Chance, who: string, agoHours: number): CastStep[] => {
  const met = chance()
  const needMet = met < 0.72 ? 'yes' : met < 0.86 ? 'partly' : met < 0.93 ? 'no' : undefined
  const solved = step(4 + chance() * 40, who, { status: 'solved', ...(needMet ? { needMet } : {}) })
  if (agoHours > 240 && chance() < 0.55) return [solved, step(110 + chance() * 60, who, { status: 'closed' })]
  return agoHours > 240 || chance() < 0.5 ? [solved] : []
}

const customer = (chance: Chance, { team, channel }: Story, people: Iterable<Person>): string => {
  const types = customersOf[team]
  const fits = (one: Person) => (!byMail.has(channel) || one.hasEmail) && (!byNumber.has(channel) || one.hasPhone)
  return oneOf(
    chance,
    [...people].filter(one => one.plain && types.includes(one.type) && fits(one)),
  ).key
}

export type CastStep = Step & { afterHours: number }
/** A story in which nothing is left to chance. `by` is who handles it first. */
export type CastStory = Omit<Story, 'agoHours' | 'steps'> & { agoHours: number; by: string; steps: CastStep[] }

/** Decides what a story leaves to chance: who came, when, who answered, and how it ended. */
export const castStory = (story: Story, chance: Chance, people: ReadonlyMap<string, Person>): CastStory => {
  const by = story.about.by ?? oneOf(chance, handlers[story.team])
  const person = story.person === 'any' ? customer(chance, story, people.values()) : story.person
  const agoHours = story.agoHours ?? 36 + 58 * 24 * chance() ** 1.5
  const steps = story.steps.flatMap((one): CastStep[] => {
    const who = one.who === 'any' ? by : one.who
    const afterHours = one.afterHours ?? 0.4 + 7 * chance() ** 2
    return [{ ...one, who, afterHours }, ...(one.about.then === 'ends' ? ending(chance, who, agoHours) : [])]
  })
  return { ...story, person, agoHours, by, steps }
}
