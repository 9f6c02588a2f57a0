import { api, read, work } from '../../platform/http/api.ts'
import { assessComplaint, beginComplaint } from './beginning.ts'
import { complaints } from './contract.ts'
import { allComplaints, allRegimes, complaintById } from './queries.ts'
import { acknowledge, closeComplaint, escalate, extendClock, investigate, noteUpdate, respond } from './stepping.ts'

export const complaintsApi = api(complaints, {
  regimes: read(async () => ({ items: allRegimes() })),
  list: read(allComplaints),
  complaint: read((reading, { id }) => complaintById(reading, id)),
  begin: work(beginComplaint),
  assess: work(assessComplaint),
  acknowledge: work(acknowledge),
  update: work(noteUpdate),
  investigate: work(investigate),
  respond: work(respond),
  extend: work(extendClock),
  escalate: work(escalate),
  close: work(closeComplaint),
})
