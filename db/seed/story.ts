import { type Block, blocksOf, hoursOf, wordsOf } from './scripts.ts'
import type { TeamKey } from './teams.ts'

/** What happens next in a case. */
export type Step = {
  /** Hours since what happened before; null where chance decides. */
  afterHours: number | null
  /** A member of staff, `customer`, or `any` of the team. */
  who: string
  act: 'reply' | 'note' | 'set' | 'says' | 'bounce'
  about: Record<string, string>
  mentions: string[]
  text: string
}

/** One case from its first message to where it stands today. */
export type Story = {
  team: TeamKey
  subject: string
  kind: string
  channel: string
  /** Who wrote or came, or `any` customer of the team. */
  person: string
  /** How many hours ago it began; null where chance decides. */
  agoHours: number | null
  about: Record<string, string>
  text: string
  steps: Step[]
}

const acts = ['reply', 'note', 'set', 'says', 'bounce'] as const

const stepOf = (lines: string[]): Step => {
  const [head = '', ...body] = lines
  const { plain, about, mentions } = wordsOf(head)
  const [after = '', who = '', act = 'says'] = plain
  if (!acts.includes(act as Step['act'])) throw new Error(`"${head}" is not a step of a story`)
  return { afterHours: hoursOf(after), who, act: act as Step['act'], about, mentions, text: body.join('\n').trim() }
}

const storyOf = (team: TeamKey, { title, lines }: Block): Story => {
  const [first, ...steps] = lines.join('\n').split(/^-- /m)
  const [head = '', ...body] = (first as string).split('\n')
  const { plain, about } = wordsOf(head)
  const [kind = '', channel = '', person = '', ago = ''] = plain
  return {
    team,
    subject: title,
    kind,
    channel,
    person,
    agoHours: hoursOf(ago),
    about,
    text: body.join('\n').trim(),
    steps: steps.map(step => stepOf(step.split('\n'))),
  }
}

/**
 * The stories of a file: `== subject`, then `kind channel person ago name=value…` and what was said, then the steps,
 * each `-- after who act name=value… @mentioned` and its text.
 */
export const storiesIn = (team: TeamKey, file: string): Story[] => blocksOf(file).map(block => storyOf(team, block))
