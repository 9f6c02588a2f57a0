import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import { builtIn } from './views.ts'

export { useBarcode } from './barcode.ts'
export { insertInto } from './inserting.ts'
export { toldWithUndo } from './joining.ts'
export { usePlaying } from './playing.ts'
export { promiseAnswers } from './promising.ts'
export { QueueNav } from './queue-nav.tsx'
export { SendHeld } from './send-held.tsx'
export { available, useViews } from './views.ts'

/** The filters everybody has, by the end of their addresses. */
export const builtInViews = builtIn.map(view => view.key)

/** The form behind "Log a contact"; loaded when it is first opened. */
export const QuickLog = lazy(async () => ({ default: (await import('./quick-log.tsx')).QuickLog }))

/** For which cases something holds; loaded with the first form that asks. */
export const ConditionField = lazy(async () => ({ default: (await import('./condition-field.tsx')).ConditionField }))

/** The closing check, on top of whatever screen a case is finished on. */
export const SolveDialog = lazy(async () => ({ default: (await import('./solve-dialog.tsx')).SolveDialog }))

/** What to know of somebody before answering. */
export const BeforeYouAnswer = lazy(async () => ({ default: (await import('./person-card.tsx')).BeforeYouAnswer }))

export const ConditionSentence = lazy(async () => ({
  default: (await import('./condition-field.tsx')).ConditionSentence,
}))

/** The cases of one person, for the person's page. */
export const CasesOf = lazy(async () => ({ default: (await import('./cases-of.tsx')).CasesOf }))

export const routes: RouteObject[] = [
  { path: 'queue/:view?', lazy: async () => ({ Component: (await import('./queue-view.tsx')).ViewStage }) },
  { path: 'cases/:id', lazy: async () => ({ Component: (await import('./case-page.tsx')).CasePage }) },
  { path: 'search', lazy: async () => ({ Component: (await import('./search-page.tsx')).SearchPage }) },
  { path: 'bulk/:id', lazy: async () => ({ Component: (await import('./bulk-page.tsx')).BulkPage }) },
  { path: 'promises', lazy: async () => ({ Component: (await import('./promises-page.tsx')).PromisesPage }) },
  { path: 'day', lazy: async () => ({ Component: (await import('./day-page.tsx')).DayPage }) },
  { path: 'wall', lazy: async () => ({ Component: (await import('./wall-page.tsx')).WallPage }) },
  { path: 'counter', lazy: async () => ({ Component: (await import('./counter.tsx')).Counter }) },
  { path: 'log', lazy: async () => ({ Component: (await import('./log-page.tsx')).LogPage }) },
]

export const settings: RouteObject[] = [
  { path: 'macros', lazy: async () => ({ Component: (await import('./macro-list.tsx')).Macros }) },
  { path: 'fields', lazy: async () => ({ Component: (await import('./fields.tsx')).Fields }) },
]
