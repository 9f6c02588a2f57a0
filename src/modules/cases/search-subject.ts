import { retitleDocuments } from '../../platform/search/changing.ts'
import { searchConfig } from '../../platform/text/language.ts'
import type { Work } from '../../platform/work.ts'
import { learnWords } from './search-spelling.ts'

/** A case goes by another subject from now on: its messages are found by that one, each in its own language. */
export const indexSubject = async (work: Work, caseId: number, subject: string): Promise<void> => {
  const messages = await work.tx
    .selectFrom('messages')
    .select(['id', 'language'])
    .where('case_id', '=', caseId)
    .execute()
  const byConfig = Map.groupBy(messages, message => searchConfig(message.language))
  for (const [config, some] of byConfig)
    await retitleDocuments(
      work,
      'message',
      some.map(message => message.id),
      { config, title: subject },
    )
  await learnWords(work, [caseId])
}
