import { asText, type Sentences, type Told } from '../../platform/events/telling.ts'

const title = ({ data }: Told) => ({ title: asText(data.title) })
const words = ({ data }: Told) => ({ words: asText(data.words) })

/** What is filled into the sentences of `ui/en.ts`. */
export const sentences: Sentences = {
  'article.drafted': title,
  'article.written': event => ({ ...title(event), number: asText(event.data.number) }),
  'article.placed': title,
  'article.submitted': title,
  'article.approved': title,
  'article.returned': event => ({ ...title(event), reason: asText(event.data.reason) }),
  'article.published': title,
  'article.archived': title,
  'article.restored': title,
  'article.reviewed': title,
  'article.helped': title,
  'article.not_helped': title,
  'article.file_uploaded': ({ data }) => ({ name: asText(data.name) }),
  'gap.noted': words,
  'gap.drafted': words,
  'gap.dismissed': event => ({ ...words(event), reason: asText(event.data.reason) }),
}
