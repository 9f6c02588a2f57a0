import { api, type Edge, edge, read, work } from '../../platform/http/api.ts'
import { assess } from './assessing.ts'
import { returns } from './contract.ts'
import { exportRefunds } from './exporting.ts'
import { moveGoods } from './moving-goods.ts'
import { notePaid } from './paying.ts'
import { allPolicies, publish, saveDraft } from './policies.ts'
import { allRefunds, allReturns, returnById } from './queries.ts'
import { settle } from './settling.ts'
import { simulate } from './simulating.ts'

const sendRefunds = async ({ kernel, actor, reply, request }: Edge) => {
  const lines = await exportRefunds(kernel, actor, request.id)
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="refunds.csv"')
    .send(lines)
}

export const returnsApi = api(returns, {
  policies: read(async reading => ({ items: await allPolicies(reading) })),
  saveDraft: work(saveDraft),
  publish: work(publish),
  simulate: read(simulate),
  assess: read(assess),
  settle: work(settle),
  list: read(allReturns),
  get: read((reading, { id }) => returnById(reading, id)),
  moveGoods: work(moveGoods),
  exportRefunds: edge(sendRefunds),
  refunds: read(allRefunds),
  paid: work(notePaid),
})
