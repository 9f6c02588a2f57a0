import { type Logger, pino } from 'pino'
import { redactText } from './text/redact.ts'

export type Log = Logger

/** Error texts of the database can quote a value: they are cut and card numbers are taken out. */
const plainError = (error: unknown) => {
  const e = error as { message?: string; stack?: string; code?: string; name?: string }
  return {
    name: e.name,
    code: e.code,
    message: redactText(String(e.message ?? error).slice(0, 500)).text,
    stack: redactText(
      String(e.stack ?? '')
        .split('\n')
        .slice(1, 8)
        .join('\n'),
    ).text,
  }
}

/** Logs are lines of JSON with request ids and without personal data: no bodies, no queries, no addresses of people. */
export const makeLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: plainError, error: plainError },
  })
