import { api, edge, read, work } from '../../platform/http/api.ts'
import { allowanceOf } from './allowance.ts'
import { authority } from './contract.ts'
import { holders, setLimits } from './limits.ts'
import { exportRegister, register } from './register.ts'

export const authorityApi = api(authority, {
  limits: read(async reading => ({ items: await holders(reading) })),
  setLimits: work(setLimits),
  check: read((reading, { personId, ...what }) =>
    allowanceOf(reading, reading.actor.kind === 'staff' ? reading.actor.id : null, {
      ...what,
      personId: personId ?? null,
    }),
  ),
  decisions: read(register),
  exportDecisions: edge(async ({ kernel, actor, reply, request }, filter) => {
    const lines = await exportRegister(kernel, actor, filter, request.id)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="decisions.csv"')
      .send(lines)
  }),
})
