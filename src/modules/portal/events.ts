import type { Sentences } from '../../platform/events/telling.ts'

/** These say the same whatever happened: nothing is filled in. */
export const sentences: Sentences = {}
