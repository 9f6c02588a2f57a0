import { asText, type Sentences } from '../../platform/events/telling.ts'

export const sentences: Sentences = {
  'delivery.told': ({ data }) => ({ count: asText(data.count) }),
}
