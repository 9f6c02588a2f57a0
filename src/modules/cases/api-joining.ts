import { api, read, work } from '../../platform/http/api.ts'
import { joining } from './contract-joining.ts'
import { candidatesFor, joinedOf, linkCases, unlinkCases } from './linking.ts'
import { mergeCases, undoMerge } from './merging.ts'
import { splitCase, undoSplit } from './splitting.ts'

export const joiningApi = api(joining, {
  joined: read((reading, { id }) => joinedOf(reading, id)),
  candidates: read((reading, { id }) => candidatesFor(reading, id)),
  merge: work(mergeCases),
  undoMerge: work((w, { id }) => undoMerge(w, id)),
  split: work(splitCase),
  undoSplit: work((w, { id }) => undoSplit(w, id)),
  link: work(linkCases),
  unlink: work((w, { id }) => unlinkCases(w, id)),
})
