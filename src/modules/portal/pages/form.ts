import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Keyed } from '../../../platform/http/idempotency.ts'
import { type Html, html } from '../../../platform/http/page.ts'
import { say, sayOf } from './say.ts'

export type Values = Partial<Record<string, string>>
export type Problems = { [field: string]: string }

const mac = (key: Buffer, at: string) => createHmac('sha256', key).update(`form ${at}`).digest('base64url').slice(0, 22)

/** When a form was handed out, signed: whoever sends it back within two seconds is no person. No two are the same. */
export const stampOf = (key: Buffer, now: Date): string => {
  const at = `${now.getTime()}.${randomBytes(9).toString('base64url')}`
  return `${at}.${mac(key, at)}`
}

export const stampField = (stamp: string): Html => html`<input type="hidden" name="stamp" value="${stamp}">`

const quickestMs = 2000
const oldestMs = 86_400_000

export const stampHolds = (key: Buffer, stamp: string | undefined, now: Date): boolean => {
  const [at = '', nonce = '', sum = ''] = (stamp ?? '').split('.')
  const expected = Buffer.from(mac(key, `${at}.${nonce}`))
  const given = Buffer.from(sum)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false
  const age = now.getTime() - Number(at)
  return age >= quickestMs && age <= oldestMs
}

/**
 * What a form is known by when it comes again with the same words: a second click, or a page that is loaded anew, does
 * nothing twice. @returns null for a form without a stamp
 */
export const sameForm = (
  operation: string,
  personId: number | null,
  { values, files }: { values: Values; files: readonly { sha256: string; name: string }[] },
): Keyed | null => {
  if (!values.stamp) return null
  const said = JSON.stringify([values, files.map(file => [file.sha256, file.name])])
  const sha256 = createHash('sha256').update(`${operation} ${said}`).digest('hex')
  return { key: sha256, actor: `form:${personId ?? ''}`, operation, request_sha256: sha256 }
}

/** What went wrong, at the top, where a screen reader begins. */
export const problemBox = (problems: Problems): Html | null => {
  const lines = Object.values(problems)
  if (lines.length === 0) return null
  return html`<div class="problem" role="alert"><p><strong>${say('help.again')}</strong></p>${lines.map(line => html`<p>${line}</p>`)}</div>`
}

/** Characters of what somebody writes to us at once. */
export const mostText = 50_000

type Field = {
  name: string
  label: string
  hint?: string
  type?: 'text' | 'email'
  autocomplete?: string
  values: Values
  problems: Problems
  max: number
  rows?: boolean
}

/** A labelled field that keeps what was typed and says what is wrong with it. */
export const field = ({ name, label, hint, type = 'text', autocomplete, values, problems, max, rows }: Field): Html => {
  const problem = problems[name]
  const described = [hint ? `${name}-hint` : '', problem ? `${name}-error` : ''].filter(Boolean).join(' ')
  const attributes = html`id="${name}" name="${name}" dir="auto" maxlength="${max}" required${autocomplete ? html` autocomplete="${autocomplete}"` : ''}${
    described ? html` aria-describedby="${described}"` : ''
  }${problem ? html` aria-invalid="true"` : ''}`
  return html`<label for="${name}">${label}${hint ? html` <span class="hint" id="${name}-hint">${hint}</span>` : ''}</label>
${rows ? html`<textarea ${attributes}>${values[name] ?? ''}</textarea>` : html`<input type="${type}" ${attributes} value="${values[name] ?? ''}">`}
${problem ? html`<p class="error" id="${name}-error">${problem}</p>` : ''}`
}

export const kindField = (kinds: readonly string[], values: Values): Html =>
  html`<label for="kind">${say('help.kind')}</label><select id="kind" name="kind">${kinds.map(
    kind => html`<option value="${kind}"${values.kind === kind ? html` selected` : ''}>${sayOf('ask', kind)}</option>`,
  )}</select>`

export const filesField = ({ files }: Problems): Html =>
  html`<label for="files">${say('help.files')} <span class="hint" id="files-hint">${say('help.filesHint')}</span></label>
<input type="file" id="files" name="files" multiple aria-describedby="files-hint${files && ' files-error'}"${files && html` aria-invalid="true"`}>
${files && html`<p class="error" id="files-error">${files}</p>`}`
