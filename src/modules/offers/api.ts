import { api, read, work } from '../../platform/http/api.ts'
import { ask } from './asking.ts'
import { offers } from './contract.ts'
import { decide, withdrawRequest } from './deciding.ts'
import { addOffer, changeOffer } from './offering.ts'
import { allOffers, requestsOf } from './queries.ts'

export const offersApi = api(offers, {
  offers: read(allOffers),
  addOffer: work(addOffer),
  changeOffer: work(changeOffer),
  ask: work(ask),
  requests: read(requestsOf),
  decide: work(decide),
  withdraw: work((w, { id }) => withdrawRequest(w, id)),
})
