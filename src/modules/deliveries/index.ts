export { saveDeliveries } from './saving.ts'
