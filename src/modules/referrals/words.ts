import { money } from '../../shared/money.ts'
import { type Saying, sayingFrom } from '../../shared/phrase.ts'
import { actName } from '../authority/index.ts'
import type { Form } from './contract.ts'
import { en } from './ui/en.ts'

const say: Saying = sayingFrom(en)

/** What is asked for or given, in a line: `Refund, £80.00`. */
export const actLine = (form: Pick<Form, 'act' | 'currency'>, amount: number): string =>
  form.act === 'closing_complaint' ? actName(form.act) : `${actName(form.act)}, ${money(amount, form.currency)}`

/** The form as a note: what, why, and what departs from a policy. */
export const formText = (form: Form): string =>
  [
    actLine(form, form.amount),
    say('note.why', { reason: form.reason }),
    ...(form.exceptionReason.trim() ? [say('note.exception', { reason: form.exceptionReason })] : []),
    ...(form.policy.trim() ? [say('note.policy', { policy: form.policy })] : []),
  ].join('\n')

export const words = say
