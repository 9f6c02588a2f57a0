import type { MessengerKind } from '../contract.ts'
import type { Adapter } from './adapter.ts'
import { telegram } from './telegram.ts'
import { twilioSms, twilioWhatsapp } from './twilio.ts'
import { whatsapp } from './whatsapp.ts'

export type { Adapter, Heard, Media, News, OpenAccount, Part, Said } from './adapter.ts'
export { Unsent } from './adapter.ts'

export const adapters: Readonly<Record<MessengerKind, Adapter>> = {
  twilio_sms: twilioSms,
  twilio_whatsapp: twilioWhatsapp,
  whatsapp,
  telegram,
}
