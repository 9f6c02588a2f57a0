import { nextOpening } from '../../src/platform/calendar/index.ts'
import type { WorkingCalendar } from '../../src/shared/calendar.ts'
import { type CastStep, type CastStory, loggedByUs } from './casting.ts'
import type { Chance } from './chance.ts'
import { teams } from './teams.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

type Placing = { wanted: number; after: number; latest: number; hours: WorkingCalendar | null; chance: Chance }

/** The moment of a step: in working hours where it is ours, always after the one before, and never in the future. */
const place = ({ wanted, after, latest, hours, chance }: Placing): number => {
  const opening = hours ? nextOpening(hours, new Date(wanted)).getTime() : wanted
  const open = opening > wanted ? opening + Math.floor(chance() * 80) * minuteMs : wanted
  const at = Math.max(open < latest ? open : wanted, after + minuteMs)
  return at < latest ? at : after + (latest - after) / 2
}

const atWork = (story: CastStory, { who, about }: CastStep): boolean =>
  who !== 'customer' || loggedByUs.has(about.channel ?? story.channel)

/** When the case was opened, and when each of its steps happened. */
export const timesOf = (story: CastStory, now: Date, chance: Chance): { opened: Date; steps: Date[] } => {
  const { hours } = teams[story.team].calendar
  const latest = now.getTime() - minuteMs
  // Stories are written in whole days: without this they would all begin at the hour of the day they are loaded.
  const scatteredMs = story.agoHours > 72 ? Math.floor(chance() * 14 * hourMs) : 0
  const began = now.getTime() - story.agoHours * hourMs - scatteredMs
  const recent = story.agoHours < 24
  const ours = loggedByUs.has(story.channel) && !recent
  let after = place({ wanted: began, after: began - minuteMs, latest, hours: ours ? hours : null, chance })
  const opened = new Date(after)
  const steps = story.steps.map(step => {
    const wanted = after + step.afterHours * hourMs
    after = place({ wanted, after, latest, hours: atWork(story, step) && !recent ? hours : null, chance })
    return new Date(after)
  })
  return { opened, steps }
}
