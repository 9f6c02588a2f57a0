export { beginComplaint } from './beginning.ts'
export { acknowledge, closeComplaint, escalate, investigate, respond } from './stepping.ts'
