export { sendCaseLetter } from './case-letters.ts'
export { sendLetter } from './letters.ts'
export { addMailbox, changeMailbox, mailboxesOf } from './mailboxes.ts'
