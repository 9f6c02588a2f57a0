export { acknowledge, startCampaign } from './acknowledging.ts'
export { addCode, publishCode } from './writing.ts'
