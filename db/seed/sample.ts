import type { Config } from '../../src/platform/config.ts'
import type { Kernel } from '../../src/platform/kernel.ts'

/** Loads the sample organisation. */
export const loadSample = async (_kernel: Kernel, _config: Config): Promise<void> => {}
