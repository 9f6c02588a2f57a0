import { api, read, work } from '../../platform/http/api.ts'
import { mergingPeople } from './contract-merging.ts'
import { allDuplicates, duplicatesOf } from './likening.ts'
import { keepApart, mergePeople, undoMergePeople } from './merging.ts'

export const mergingApi = api(mergingPeople, {
  duplicates: read((reading, { id }) => duplicatesOf(reading, id)),
  allDuplicates: read(reading => allDuplicates(reading)),
  mergePeople: work(mergePeople),
  undoMergePeople: work((w, { id }) => undoMergePeople(w, id)),
  keepApart: work(keepApart),
})
