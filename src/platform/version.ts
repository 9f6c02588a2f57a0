import { readFileSync } from 'node:fs'

type Package = { version: string; dependencies: Record<string, string> }

/** What the program's package says of itself. */
export const about = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Package

/** The version of this program. */
export const version: string = about.version
