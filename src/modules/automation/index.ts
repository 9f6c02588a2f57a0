export { ask } from './failing.ts'
export { partsOf } from './parts.ts'
export { rulesInForce } from './queries.ts'
export { addRule } from './saving.ts'
