export { tell } from './telling.ts'
