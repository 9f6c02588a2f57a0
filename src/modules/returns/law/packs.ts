import { type Pack, readPack } from './pack.ts'
import eu from './packs/eu.json' with { type: 'json' }
import gb from './packs/gb.json' with { type: 'json' }

/** The law that comes with the program. */
export const packs: readonly Pack[] = [readPack(gb), readPack(eu)]

/** The pack for a nation or country; undefined where none of them is for it. */
export const packFor = (jurisdiction: string): Pack | undefined =>
  packs.find(pack => pack.jurisdictions.includes(jurisdiction))
