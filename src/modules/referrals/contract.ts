import * as z from 'zod'
import { Currency, Done, Id, line, Moment, operation, page, paging, personal, text } from '../../shared/contract.ts'
import { Act, Allowance, Amount, Decision, Given, Step } from '../authority/contract.ts'
import { CaseKind, Met, Status } from '../cases/contract.ts'

export const referralReasons = ['outside_expertise', 'outside_authority', 'seeking_advice', 'unable_to_deal'] as const
export const ReferralReason = z.enum(referralReasons)
export type ReferralReason = z.infer<typeof ReferralReason>

export const toKinds = ['decider', 'colleague', 'role', 'manager', 'team', 'supplier'] as const
export const ToKind = z.enum(toKinds)
export type ToKind = z.infer<typeof ToKind>

export const hows = ['by_message', 'in_writing', 'face_to_face', 'by_phone'] as const
export const How = z.enum(hows)
export type How = z.infer<typeof How>

export const referralStates = ['open', 'answered', 'decided', 'taken_over', 'handed_back', 'withdrawn'] as const
export const ReferralState = z.enum(referralStates)
export type ReferralState = z.infer<typeof ReferralState>

const Named = z.object({ id: Id, name: personal(z.string()) })

/** What is asked for, with how the case is to be closed where that is asked for. */
export const Form = Given.extend({ needMet: Met.optional() })
export type Form = z.infer<typeof Form>

const ShownForm = z.object({
  act: Act,
  amount: z.number(),
  currency: z.string().nullable(),
  reason: personal(z.string()),
  exception: z.boolean(),
  exceptionReason: personal(z.string()),
  policy: z.string(),
  needMet: Met.optional(),
})

export const Referral = z.object({
  id: Id,
  case: z.object({
    id: Id,
    subject: personal(z.string()),
    kind: CaseKind,
    status: Status,
    requester: Named,
    vulnerable: personal(z.boolean()),
  }),
  conversationId: Id,
  reason: ReferralReason,
  toKind: ToKind,
  /** With whom it is: a colleague, a team, or somebody outside. */
  to: Named.nullable(),
  how: How,
  question: personal(z.string()),
  said: personal(z.string()),
  madeBy: Named,
  madeAt: Moment,
  form: ShownForm.nullable(),
  worth: z.number(),
  dueAt: Moment.nullable(),
  trail: z.array(Step),
  state: ReferralState,
  answer: personal(z.string()),
  answeredBy: Named.nullable(),
  answeredAt: Moment.nullable(),
  decisionId: Id.nullable(),
  /** What was granted of what was asked for, where it was decided. */
  granted: z.number().nullable(),
  version: z.number(),
  can: z.array(z.enum(['decide', 'advise', 'take_over', 'pass_on', 'hand_back', 'withdraw'])),
})
export type Referral = z.infer<typeof Referral>

export const answers = ['approve', 'approve_less', 'decline', 'advise'] as const
export const AnswerKind = z.enum(answers)
export type AnswerKind = z.infer<typeof AnswerKind>

/** What is decided on the desk: everything on one page. */
export const Panel = z.object({
  referral: Referral,
  /** What the customer said last, and since when they wait. */
  preview: personal(z.string()),
  openedAt: Moment,
  /** What this customer was given before. */
  history: z.array(Decision),
  /** How far I may go with what is asked for. */
  allowance: Allowance.nullable(),
})
export type Panel = z.infer<typeof Panel>

const words = personal(line(10_000))

export const referrals = {
  allowance: operation({
    method: 'GET',
    path: '/api/cases/:id/allowance',
    permission: 'case.handle',
    summary: 'Before something is given in a case: how far I may go, and who decides beyond it',
    input: z.object({
      id: Id,
      act: Act.default('refund'),
      currency: Currency.optional(),
      amount: z.coerce.number().pipe(Amount).default(0),
    }),
    output: Allowance,
  }),
  give: operation({
    method: 'POST',
    path: '/api/cases/:id/give',
    permission: 'case.handle',
    summary: 'Decide a refund, goodwill, discount, replacement or exception within my limit; beyond it, refer it',
    input: Given.extend({ id: Id }),
    output: z.object({ decisionId: Id }),
    status: 201,
  }),
  refer: operation({
    method: 'POST',
    path: '/api/cases/:id/referrals',
    permission: 'case.handle',
    summary:
      'Ask a colleague, a role, my line manager, a team or a supplier about a case, with the form of what is asked for',
    input: z.object({
      id: Id,
      reason: ReferralReason,
      toKind: ToKind,
      /** The colleague, role, team, or the supplier’s person; not for `decider` and `manager`. */
      toId: Id.optional(),
      how: How.default('by_message'),
      question: words,
      said: personal(text(10_000)).default(''),
      /** What a supplier’s mails are headed with; it is seen outside. */
      subject: personal(line(200)).optional(),
      form: Form.optional(),
      dueAt: z.iso.datetime({ offset: true }).optional(),
      /** Sent to the customer with it. */
      tellCustomer: personal(text(20_000)).default(''),
    }),
    output: z.object({ id: Id, to: personal(z.string()), trail: z.array(Step) }),
    status: 201,
  }),
  ofCase: operation({
    method: 'GET',
    path: '/api/cases/:id/referrals',
    permission: 'case.read',
    summary: 'Referrals of a case and what was decided in it, newest first',
    input: z.object({ id: Id }),
    output: z.object({ items: z.array(Referral), decisions: z.array(Decision) }),
  }),
  desk: operation({
    method: 'GET',
    path: '/api/referrals',
    permission: 'case.handle',
    summary: 'Referrals, open or done, by age or worth: mine to answer, of my teams, asked by me, or all I may see',
    input: z.object({
      ...paging,
      whose: z.enum(['mine', 'team', 'asked', 'all']).default('mine'),
      state: z.enum(['open', 'done']).default('open'),
      sort: z.enum(['age', 'worth']).default('age'),
    }),
    output: page(Referral),
  }),
  panel: operation({
    method: 'GET',
    path: '/api/referrals/:id',
    permission: 'case.handle',
    summary: 'One referral with what is needed to decide it: the case, the form, the customer’s history, my limit',
    input: z.object({ id: Id }),
    output: Panel,
  }),
  answer: operation({
    method: 'POST',
    path: '/api/referrals/:id/answer',
    permission: 'case.handle',
    summary: 'Decide what is asked for, all of it, less or nothing, or advise; never on one’s own request',
    input: z.object({
      id: Id,
      answer: AnswerKind,
      amount: Amount.optional(),
      reason: words,
      version: z.number().int().optional(),
    }),
    output: Referral,
  }),
  undo: operation({
    method: 'POST',
    path: '/api/referrals/:id/undo',
    permission: 'case.handle',
    summary: 'Take my answer back within a minute; the referral is open again and the register keeps both',
    input: z.object({ id: Id }),
    output: Referral,
  }),
  takeOver: operation({
    method: 'POST',
    path: '/api/referrals/:id/take-over',
    permission: 'case.handle',
    summary: 'Take the case over instead of answering',
    input: z.object({ id: Id, reason: personal(text(10_000)).default(''), version: z.number().int().optional() }),
    output: Referral,
  }),
  handBack: operation({
    method: 'POST',
    path: '/api/referrals/:id/hand-back',
    permission: 'case.handle',
    summary: 'Hand a case that was taken over back to whoever asked',
    input: z.object({ id: Id, note: words }),
    output: Referral,
  }),
  passOn: operation({
    method: 'POST',
    path: '/api/referrals/:id/pass-on',
    permission: 'case.handle',
    summary: 'Pass an open referral on to the next level, or to a colleague',
    input: z.object({ id: Id, toStaffId: Id.optional(), note: personal(text(10_000)).default('') }),
    output: Referral,
  }),
  withdraw: operation({
    method: 'POST',
    path: '/api/referrals/:id/withdraw',
    permission: 'case.handle',
    summary: 'Withdraw what I asked and nobody has answered',
    input: z.object({ id: Id }),
    output: Done,
  }),
}
