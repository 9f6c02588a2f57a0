import { asText, type Sentences } from '../../platform/events/telling.ts'

export const sentences: Sentences = {
  'messenger.added': ({ data }) => ({ name: asText(data.account) }),
  'messenger.changed': ({ data }) => ({ name: asText(data.account) }),
}
