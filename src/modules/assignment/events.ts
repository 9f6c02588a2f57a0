import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { Phrase } from '../../shared/phrase.ts'

const named = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name) })

export const sentences: Sentences = {
  'case.given': ({ data }): Phrase[] => {
    if (data.way === 'team') return [{ key: 'event.case.given_team', values: { rule: asText(data.rule) } }]
    const [load, capacity] = [Number(data.load), Number(data.capacity)]
    const values = { name: asText(data.name), rule: asText(data.rule), load, capacity }
    const skills = Array.isArray(data.skills) ? data.skills.map(asText).join(', ') : ''
    return [
      { key: `event.case.given_${data.way === 'round_robin' ? 'turn' : 'free'}`, values },
      ...(skills ? [{ key: 'event.case.given_able', values: { skills } }] : []),
    ]
  },
  'skill.added': named,
  'skill.changed': named,
  'skill.ended': named,
  'staff.workload_set': named,
  'assignment_rule.added': named,
  'assignment_rule.changed': named,
  'assignment_rule.ended': named,
}
