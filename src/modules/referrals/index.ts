export { answer } from './answering.ts'
export { referByRule } from './by-rule.ts'
export { give } from './giving.ts'
export { refer } from './referring.ts'
