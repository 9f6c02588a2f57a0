export { markStep } from './marking.ts'
export { addProcedure, publishProcedure } from './writing.ts'
