import { assignmentModule } from './modules/assignment/module.ts'
import { authorityModule } from './modules/authority/module.ts'
import { automationModule } from './modules/automation/module.ts'
import { casesModule } from './modules/cases/module.ts'
import { catalogueModule } from './modules/catalogue/module.ts'
import { channelsModule } from './modules/channels/module.ts'
import { codesModule } from './modules/codes/module.ts'
import { complaintsModule } from './modules/complaints/module.ts'
import { coverModule } from './modules/cover/module.ts'
import { deliveriesModule } from './modules/deliveries/module.ts'
import { demandModule } from './modules/demand/module.ts'
import { diaryModule } from './modules/diary/module.ts'
import { identityModule } from './modules/identity/module.ts'
import { knowledgeModule } from './modules/knowledge/module.ts'
import { messengersModule } from './modules/messengers/module.ts'
import { notificationsModule } from './modules/notifications/module.ts'
import { offersModule } from './modules/offers/module.ts'
import { people } from './modules/people/module.ts'
import { portalModule } from './modules/portal/module.ts'
import { proceduresModule } from './modules/procedures/module.ts'
import { promisesModule } from './modules/promises/module.ts'
import { purchasesModule } from './modules/purchases/module.ts'
import { referralsModule } from './modules/referrals/module.ts'
import { returnsModule } from './modules/returns/module.ts'
import { serviceLevelsModule } from './modules/service-levels/module.ts'
import { telephoneModule } from './modules/telephone/module.ts'
import { widgetModule } from './modules/widget/module.ts'
import { tellerOf } from './platform/events/telling.ts'
import type { Module } from './platform/module.ts'
import { type Parts, partsOf } from './platform/rules/parts.ts'

export type AppOptions = {
  loadSample(): Promise<void>
  dropLive(staffId: number | 'everybody'): void
  staffHere(): number
}

/** The parts of the program in the order they stand on each other: each may use those above it. */
export const modulesOf = (options: AppOptions): Module[] => {
  const tell = tellerOf(() => modules)
  let known: Parts | undefined
  const parts = (): Parts => (known ??= partsOf(modules))
  const modules: Module[] = [
    identityModule({ ...options, tell, personal: () => Object.assign({}, ...modules.map(module => module.personal)) }),
    people,
    authorityModule,
    promisesModule,
    catalogueModule,
    purchasesModule,
    knowledgeModule,
    casesModule(tell, parts),
    serviceLevelsModule,
    assignmentModule,
    referralsModule,
    returnsModule,
    complaintsModule,
    proceduresModule,
    codesModule,
    channelsModule,
    demandModule,
    messengersModule,
    telephoneModule,
    portalModule,
    offersModule,
    deliveriesModule,
    diaryModule,
    coverModule,
    notificationsModule,
    widgetModule(options),
    automationModule(parts),
  ]
  return modules
}
