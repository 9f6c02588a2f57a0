import type { Work } from '../../platform/work.ts'
import { assertVisible } from '../cases/index.ts'

export type About = {
  id: number
  personId: number
  productId: number | null
  teamId: number | null
  assigneeId: number | null
  status: string
}

/** The case a demand belongs to, as far as it may be seen. @throws Refusal `not_found` */
export const aboutCase = async (work: Work, caseId: number): Promise<About> => {
  const { id } = await assertVisible({ db: work.tx, actor: work.actor }, caseId)
  const row = await work.tx
    .selectFrom('cases')
    .select(['requester_id', 'product_id', 'team_id', 'assignee_id', 'status'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id,
    personId: row.requester_id,
    productId: row.product_id,
    teamId: row.team_id,
    assigneeId: row.assignee_id,
    status: row.status,
  }
}
