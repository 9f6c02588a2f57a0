import type { Config } from '../../src/platform/config.ts'
import type { Kernel } from '../../src/platform/kernel.ts'

export type SampleSignIn = { role: string; email: string; password: string }

/** How the people of the sample organisation sign in. */
export const sampleSignIns: SampleSignIn[] = []

/** Loads the sample organisation. */
export const loadSample = async (_kernel: Kernel, _config: Config): Promise<void> => {}
