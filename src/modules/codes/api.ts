import { api, edge, read, work } from '../../platform/http/api.ts'
import type { Work } from '../../platform/work.ts'
import { acknowledge, startCampaign } from './acknowledging.ts'
import { findingsIn, repealedLaws } from './checking.ts'
import { codes } from './contract.ts'
import { todayOf } from './loading.ts'
import { allCodes, codeById, measuresOfCode, missedOfCode, versionsOf } from './queries.ts'
import { exportedRegister, registerOf } from './register.ts'
import { addCode, addStarters, changeCode, noteReviewed, publishCode } from './writing.ts'

/** A verb that answers with the code as it is afterwards. */
const then = <I>(verb: (w: Work, input: I) => Promise<number>) =>
  work(async (w, input: I) => codeById({ db: w.tx, actor: w.actor, now: w.now }, await verb(w, input)))

export const codesApi = api(codes, {
  codes: read(allCodes),
  code: read((reading, { id }) => codeById(reading, id)),
  addCode: then(addCode),
  addStarters: work(addStarters),
  changeCode: then(changeCode),
  publishCode: then(publishCode),
  noteReviewed: then(noteReviewed),
  versions: read(versionsOf),
  measures: read((reading, { id }) => measuresOfCode(reading, id)),
  missed: read(missedOfCode),
  check: read(async (reading, content) => {
    const standing = { today: await todayOf(reading), reviewOn: '9999-12-31', ownerLeft: false, owner: '' }
    return { items: findingsIn(content, await repealedLaws(reading), standing) }
  }),
  startCampaign: work(startCampaign),
  acknowledge: then(acknowledge),
  register: read(async (reading, input) => {
    await codeById(reading, input.id)
    return registerOf(reading, input)
  }),
  exportRegister: edge(async ({ kernel, actor, reply, request }, { id }) => {
    const text = await kernel.work(actor, w => exportedRegister(w, id), request.id)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="code-register.csv"')
      .send(text)
  }),
  laws: read(async reading => ({ items: await repealedLaws(reading) })),
})
