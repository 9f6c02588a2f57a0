import { asText, type Sentences } from '../../platform/events/telling.ts'

const number: Sentences[string] = ({ data }) => ({ number: asText(data.number) })
const none = () => ({})

export const sentences: Sentences = {
  'purchase.recorded': number,
  'purchase.changed': number,
  'purchase.delivered': number,
  'purchase.imported': ({ data }) => ({ purchases: asText(data.purchases) }),
  'purchase.import_undone': none,
}
