import { api as bind, read, work } from '../../platform/http/api.ts'
import { people } from './contract.ts'
import { addGroup, changeGroup } from './grouping.ts'
import { customerTypes, findGroups, findPeople, personById, readersOf } from './queries.ts'
import { addIdentity, addPerson, changePerson, removeIdentity } from './registering.ts'

export const api = bind(people, {
  find: read(findPeople),
  get: work(async (w, { id }) => {
    const person = await personById({ db: w.tx }, id)
    w.record({ type: 'person.read', subject: { kind: 'person', id: person.id } })
    return person
  }),
  add: work(addPerson),
  change: work(changePerson),
  addIdentity: work(addIdentity),
  removeIdentity: work(removeIdentity),
  types: read(async reading => ({ items: await customerTypes(reading) })),
  groups: read(findGroups),
  addGroup: work(addGroup),
  changeGroup: work(changeGroup),
  trace: read(readersOf),
})
