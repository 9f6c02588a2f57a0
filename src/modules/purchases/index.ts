export { shared, worthOfUnits } from './allocating.ts'
export { deliverPurchase } from './changing.ts'
export { recordPurchase } from './recording.ts'
export {
  lockLine,
  type Payback,
  payBack,
  payBackCarriage,
  release,
  takeBack,
  worthOf,
} from './taking-back.ts'
