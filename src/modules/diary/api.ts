import { api, read, work } from '../../platform/http/api.ts'
import { book } from './booking.ts'
import { diary } from './contract.ts'
import { endFeed, feedOf, makeFeed } from './feed.ts'
import { freeTimes } from './free.ts'
import { noteBooking } from './noting.ts'
import { timesForStaff } from './offering.ts'
import { bookingsOfCase, diaryBetween, resourcesIn } from './queries.ts'
import { cancelBooking, moveBooking } from './rebooking.ts'
import { addResource, allResources, changeResource } from './resources.ts'
import { addType, allTypes, changeType } from './types.ts'

const dayMs = 86_400_000

export const diaryApi = (baseUrl: string) =>
  api(diary, {
    resources: read(allResources),
    addResource: work(addResource),
    changeResource: work(changeResource),
    types: read(allTypes),
    addType: work(addType),
    changeType: work(changeType),
    typeTimes: read((reading, { id, days }) => timesForStaff(reading, id, days)),
    diary: read(diaryBetween),
    bookingsOfCase: read((reading, { id }) => bookingsOfCase(reading, id)),
    free: read(async (reading, input) => {
      const from = new Date(Math.max(reading.now.getTime(), input.from ? Date.parse(input.from) : 0))
      const to = new Date(from.getTime() + input.days * dayMs)
      const times = await freeTimes(reading, { ids: resourcesIn(input.resources), minutes: input.minutes, from, to })
      return { items: times.map(time => time.toISOString()) }
    }),
    book: work(book),
    moveBooking: work(moveBooking),
    cancelBooking: work(cancelBooking),
    noteBooking: work(noteBooking),
    feed: read(feedOf),
    makeFeed: work(async w => ({ url: `${baseUrl}/diary/${await makeFeed(w)}.ics` })),
    endFeed: work(endFeed),
  })
