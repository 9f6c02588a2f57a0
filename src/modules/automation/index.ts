export { ask } from './failing.ts'
export { rulesInForce } from './queries.ts'
export { addRule } from './saving.ts'
