import { asText, type Sentences, type Told } from '../../platform/events/telling.ts'
import { money } from '../../shared/money.ts'

/** What was decided, as filled into a sentence: the act by its key, and how much. */
const what = ({ data }: Told) => ({
  act: { key: `act.${asText(data.act)}` },
  amount: money(Number(data.amount), typeof data.currency === 'string' ? data.currency : null),
})

export const sentences: Sentences = {
  'decision.made': told => [
    {
      key: `event.decision.${asText(told.data.outcome)}`,
      values: {
        ...what(told),
        asked: money(Number(told.data.asked), typeof told.data.currency === 'string' ? told.data.currency : null),
      },
    },
  ],
  'decision.taken_back': what,
  'authority.limits_set': ({ data }) => ({ name: asText(data.name) }),
}
