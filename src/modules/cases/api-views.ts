import { api, read, work } from '../../platform/http/api.ts'
import { viewing } from './contract-views.ts'
import { previewCount } from './counting.ts'
import { calendarOf, groupsOf } from './grouping.ts'
import { changedLines } from './queries.ts'
import { orderViews } from './viewing.ts'

export const viewsApi = api(viewing, {
  preview: read(previewCount),
  order: work(orderViews),
  changed: read(changedLines),
  groups: read(groupsOf),
  calendar: read(calendarOf),
})
