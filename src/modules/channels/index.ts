export { addMailbox, changeMailbox, mailboxesOf } from './mailboxes.ts'
