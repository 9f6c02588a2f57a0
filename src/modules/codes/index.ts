export { acknowledge, startCampaign } from './acknowledging.ts'
export { starters } from './starters.ts'
export { addCode, publishCode } from './writing.ts'
