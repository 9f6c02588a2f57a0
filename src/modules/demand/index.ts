export { changeDemand, noteDemand } from './noting.ts'
export { review } from './register.ts'
export { tellWhenBack } from './telling.ts'
export { bring } from './transferring.ts'
