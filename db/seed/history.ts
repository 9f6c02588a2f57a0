import { castStory } from './casting.ts'
import { chanceFrom } from './chance.ts'
import type { Person } from './people.ts'
import { storiesIn } from './story.ts'
import { teamKeys } from './teams.ts'
import { begin, goOn, type Stage, type Told } from './telling.ts'
import { timesOf } from './timing.ts'

const files = ['', '-queue', '-daily']

export type Moment = { at: Date; happens(): Promise<void> }

const personOf = (people: ReadonlyMap<string, Person>, key: string): Person => {
  const person = people.get(key)
  if (!person) throw new Error(`The sample knows no person "${key}"`)
  return person
}

/**
 * Tells every story, what happened first in any of them first: ids of cases and events are in order of time then.
 * @param others what else happened meanwhile
 */
export const tellHistory = async (
  stage: Stage,
  people: ReadonlyMap<string, Person>,
  others: readonly Moment[],
): Promise<void> => {
  const stories = teamKeys.flatMap(team => files.flatMap(part => storiesIn(team, `./stories/${team}${part}.txt`)))
  const moments = stories.flatMap((written, index): Moment[] => {
    const chance = chanceFrom(index + 1)
    const story = castStory(written, chance, people)
    const times = timesOf(story, stage.now, chance)
    const told: Told = { story, person: personOf(people, story.person), caseId: 0, lastReplyId: 0 }
    return [
      { at: times.opened, happens: () => begin(stage, told, times.opened) },
      ...story.steps.map((step, i) => {
        const at = times.steps[i] as Date
        return { at, happens: () => goOn(stage, told, step, at) }
      }),
    ]
  })
  for (const moment of [...moments, ...others].toSorted((a, b) => a.at.getTime() - b.at.getTime()))
    await moment.happens()
}
