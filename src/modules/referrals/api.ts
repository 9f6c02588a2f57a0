import { api, read, work } from '../../platform/http/api.ts'
import { answer, undoAnswer } from './answering.ts'
import { referrals } from './contract.ts'
import { give } from './giving.ts'
import { handBack, passOn, takeOver, withdraw } from './moving.ts'
import { allowanceInCase, desk, panelOf, referralsOfCase } from './queries.ts'
import { refer } from './referring.ts'

export const referralsApi = api(referrals, {
  allowance: read(allowanceInCase),
  give: work(give),
  refer: work(refer),
  ofCase: read((reading, { id }) => referralsOfCase(reading, id)),
  desk: read(desk),
  panel: read((reading, { id }) => panelOf(reading, id)),
  answer: work(answer),
  undo: work((w, { id }) => undoAnswer(w, id)),
  takeOver: work(takeOver),
  handBack: work(handBack),
  passOn: work(passOn),
  withdraw: work((w, { id }) => withdraw(w, id)),
})
