import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Html, html } from '../../../platform/http/page.ts'
import { say, sayOf } from './say.ts'

export type Values = Partial<Record<string, string>>
export type Problems = { [field: string]: string }

const mac = (key: Buffer, at: string) => createHmac('sha256', key).update(`form ${at}`).digest('base64url').slice(0, 22)

/** When a form was handed out, signed: whoever sends it back within two seconds is no person. */
export const stampOf = (key: Buffer, now: Date): string => `${now.getTime()}.${mac(key, String(now.getTime()))}`

const quickestMs = 2000
const oldestMs = 86_400_000

export const stampHolds = (key: Buffer, stamp: string | undefined, now: Date): boolean => {
  const [at = '', sum = ''] = (stamp ?? '').split('.')
  const expected = Buffer.from(mac(key, at))
  const given = Buffer.from(sum)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false
  const age = now.getTime() - Number(at)
  return age >= quickestMs && age <= oldestMs
}

/** What went wrong, at the top, where a screen reader begins. */
export const problemBox = (problems: Problems): Html | null => {
  const lines = Object.values(problems)
  if (lines.length === 0) return null
  return html`<div class="problem" role="alert"><p><strong>${say('help.again')}</strong></p>${lines.map(line => html`<p>${line}</p>`)}</div>`
}

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
  const attributes = html`id="${name}" name="${name}" maxlength="${max}" required${autocomplete ? html` autocomplete="${autocomplete}"` : ''}${
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

export const filesField = (): Html =>
  html`<label for="files">${say('help.files')} <span class="hint" id="files-hint">${say('help.filesHint')}</span></label>
<input type="file" id="files" name="files" multiple aria-describedby="files-hint">`
