/** Removal of card and bank numbers, one door: a text, markup, a JSON value, the bytes of a file. */
export { redactBytes } from './redact-bytes.ts'
export { redactDeep } from './redact-deep.ts'
export { redactHtml } from './redact-html.ts'
export { redactText } from './redact-text.ts'
