import type { Work } from '../work.ts'
import type { StoredFile } from './store.ts'

/** Notes a stored content, so that a module's table can refer to it. */
export const noteFile = async (work: Work, { sha256, size, type }: StoredFile & { type: string }): Promise<void> => {
  await work.tx
    .insertInto('files')
    .values({ sha256, size, type, stored_at: work.now })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
