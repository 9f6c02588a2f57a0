export { hmac, sameText } from './adapters/asking.ts'
export { signedByTwilio } from './adapters/twilio.ts'
