import { api, read, work } from '../../platform/http/api.ts'
import type { Work } from '../../platform/work.ts'
import { procedures } from './contract.ts'
import { markStep } from './marking.ts'
import { allProcedures, procedureById, versionsOf } from './queries.ts'
import { proceduresOfCase } from './reading.ts'
import { addProcedure, changeProcedure, publishProcedure } from './writing.ts'

/** A verb that answers with the procedure as it is afterwards. */
const then = <I>(verb: (w: Work, input: I) => Promise<number>) =>
  work(async (w, input: I) => procedureById({ db: w.tx, now: w.now }, await verb(w, input)))

export const proceduresApi = api(procedures, {
  procedures: read(allProcedures),
  procedure: read((reading, { id }) => procedureById(reading, id)),
  addProcedure: then(addProcedure),
  changeProcedure: then(changeProcedure),
  publishProcedure: then(publishProcedure),
  procedureVersions: read(versionsOf),
  proceduresOfCase: read((reading, { id }) => proceduresOfCase(reading, id)),
  markStep: work(markStep),
})
