export { addLevel } from './changing.ts'
export { planCases } from './planning.ts'
