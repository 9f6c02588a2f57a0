import { automationModule } from './modules/automation/module.ts'
import { casesModule } from './modules/cases/module.ts'
import { channelsModule } from './modules/channels/module.ts'
import { identityModule } from './modules/identity/module.ts'
import { people } from './modules/people/module.ts'
import type { Module, Sentences } from './platform/module.ts'

type Event = { type: string; data: unknown; before: unknown; after: unknown }
type Fields = Record<string, unknown>

export type AppOptions = { loadSample(): Promise<void>; dropLive(staffId: number): void }

/** The parts of the program in the order they stand on each other: each may use those above it. */
export const modulesOf = (options: AppOptions): Module[] => {
  const sentences: Sentences = {}
  const sentenceOf = (event: Event): string =>
    sentences[event.type]?.({
      data: (event.data ?? {}) as Fields,
      before: event.before as Fields | null,
      after: event.after as Fields | null,
    }) ?? event.type
  const modules = [
    identityModule({ ...options, sentenceOf }),
    people,
    casesModule(sentenceOf),
    channelsModule,
    automationModule,
  ]
  for (const module of modules) Object.assign(sentences, module.sentences)
  return modules
}
