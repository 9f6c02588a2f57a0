import { asText, type Sentences, type Told } from '../../platform/events/telling.ts'

const named = ({ data }: Told) => ({ name: asText(data.name) })
const numbered = (event: Told) => ({ ...named(event), number: asText(event.data.number) })

export const sentences: Sentences = {
  'code.drafted': named,
  'code.changed': named,
  'code.archived': named,
  'code.restored': named,
  'code.reviewed': named,
  'code.published': numbered,
  'code.read': numbered,
  'code.campaign_started': event => ({
    ...named(event),
    count: Number(event.data.count),
    dueOn: asText(event.data.dueOn),
  }),
  'code.register_exported': named,
}
