export { type Kept, keepFile } from '../../platform/files/keeping.ts'
export { actionsOfCases } from './acting.ts'
export { answerWith } from './articles.ts'
export { openAside } from './asides.ts'
export { attach, claimAttachments, insertAttachment } from './attaching.ts'
export { type CaseLink, caseLink, caseLinkDays, readCaseLink } from './case-links.ts'
export { changeCase } from './changing.ts'
export { askIfMet, checkStands, checkToken } from './closing.ts'
export { addCustomField, topicsOf } from './configuring.ts'
export { refreshDue } from './due.ts'
export { assertCaseCondition, type CaseFacts, caseFacts, caseRow, caseRows, conditionFields } from './facts.ts'
export { assertText, fillingIn } from './filling.ts'
export { giveCase } from './giving.ts'
export { handOnly } from './handing-out.ts'
export { handOver } from './handing-over.ts'
export { hideFrom } from './hiding.ts'
export { linkCases } from './linking.ts'
export { type Kase, lockCase } from './loading.ts'
export { addMacro } from './macros.ts'
export { mergeCases } from './merging.ts'
export { openCase } from './opening.ts'
export { copyIn, writeTo } from './participating.ts'
export { visibleSql } from './policy.ts'
export { noteSeen } from './presence.ts'
export { promiseOnCase } from './promising.ts'
export { conditionSql } from './queries.ts'
export {
  advanceDelivery,
  holdDelivery,
  isForward,
  noteDelivery,
  repliedEvent,
  replyBy,
  type Step,
  sendAtOf,
  type Way,
} from './reaching.ts'
export { assertVisible } from './reading.ts'
export { snooze } from './snoozing.ts'
export {
  conversationFor,
  sayMet,
  sayMore,
  withdraw,
} from './taking-part.ts'
export { addView } from './viewing.ts'
export { receive, write } from './writing.ts'
