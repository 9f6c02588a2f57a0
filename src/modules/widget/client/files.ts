import { ask, type Refused, siteKey, uploadTo } from './line.ts'
import { make, sizeOf } from './parts.ts'

const mostBytes = 26_214_400
const mostFiles = 10

type Chosen = { file: File; row: HTMLLIElement; id: number | null; failed: boolean; stop: AbortController }

/** The files of the message that is being written: chosen or pasted, sent ahead, and taken back before they are sent. */
export type Picker = {
  /** The rows of what was chosen. */
  list: HTMLElement
  button: HTMLElement
  /** Also takes what is pasted into a field. */
  heed(field: HTMLElement): void
  count(): number
  /** Waits for what is under way. @throws where one of the files could not be had */
  ids(): Promise<number[]>
  clear(): void
}

const filesPath = `/api/widget/${encodeURIComponent(siteKey)}/files`

const clip = (): SVGSVGElement => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  for (const [name, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'clip' }))
    svg.setAttribute(name, value)
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  line.setAttribute(
    'd',
    'M20 11.5 12 19.5a5 5 0 0 1-7-7l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8L9.8 17.3a1.7 1.7 0 0 1-2.4-2.4l7.4-7.4',
  )
  svg.append(line)
  return svg
}

/** What went wrong with a file, beginning with its name. */
const whyNot = (name: string, error: unknown): string => {
  if (error instanceof TypeError) return `${name} could not be uploaded: we cannot be reached just now.`
  const { field, message } = error as Refused
  return field === 'file' ? `${name} ${message}.` : `${name}: ${message}`
}

/** A row with its progress, which stays readable when the upload fails. */
const rowOf = (file: File, remove: () => void) => {
  const bar = make('progress', { max: '100', value: '0', 'aria-label': `Uploading ${file.name}` })
  const wrong = make('p', { class: 'problem', role: 'alert', dir: 'auto' })
  const button = make('button', { type: 'button', class: 'remove', 'aria-label': `Remove ${file.name}` }, '×')
  button.addEventListener('click', remove)
  const name = make('span', { class: 'name', dir: 'auto' }, `${file.name} (${sizeOf(file.size)})`)
  return { row: make('li', {}, make('div', { class: 'chosen' }, name, button), bar, wrong), bar, wrong }
}

export const filePicker = (): Picker => {
  const list = make('ul', { class: 'files', 'aria-label': 'Attached files' })
  const input = make('input', { type: 'file', multiple: '', hidden: '', 'aria-label': 'Files' })
  const button = make('button', {
    type: 'button',
    class: 'attach',
    title: 'Attach files',
    'aria-label': 'Attach files',
  })
  button.append(clip(), input)
  let chosen: Chosen[] = []
  // One after the other: a telephone's line is narrow.
  let queue: Promise<void> = Promise.resolve()

  const remove = (one: Chosen) => {
    one.stop.abort()
    one.row.remove()
    chosen = chosen.filter(other => other !== one)
    // What cannot be taken back now is forgotten by itself.
    if (one.id !== null) ask('DELETE', `${filesPath}/${one.id}`).catch(() => {})
    button.focus()
  }
  const add = (file: File) => {
    const { row, bar, wrong } = rowOf(file, () => remove(one))
    const one: Chosen = { file, row, id: null, failed: false, stop: new AbortController() }
    const fail = (why: string) => {
      one.failed = true
      bar.remove()
      wrong.textContent = why
    }
    chosen.push(one)
    list.append(row)
    if (chosen.length > mostFiles) return fail(`${file.name} is one too many: send ten files at most with one message.`)
    if (file.size > mostBytes) return fail(`${file.name} is larger than 25 MB.`)
    if (file.size === 0) return fail(`${file.name} is empty.`)
    queue = queue
      .then(async () => {
        if (one.stop.signal.aborted) return
        one.id = (
          await uploadTo(filesPath, file, one.stop.signal, share => bar.setAttribute('value', String(share)))
        ).id
        bar.remove()
      })
      .catch(error => fail(whyNot(file.name, error)))
  }
  const addAll = (files: Iterable<File>) => {
    for (const file of files) add(file)
  }
  button.addEventListener('click', event => {
    if (event.target !== input) input.click()
  })
  input.addEventListener('change', () => {
    addAll([...(input.files ?? [])])
    input.value = ''
  })
  return {
    list,
    button,
    heed: field =>
      field.addEventListener('paste', event => {
        const files = [...(event.clipboardData?.files ?? [])]
        if (files.length === 0) return
        event.preventDefault()
        addAll(files)
      }),
    count: () => chosen.length,
    ids: async () => {
      await queue
      if (chosen.some(one => one.failed))
        throw new Error('One of the files could not be uploaded. Remove it, or choose it again.')
      return chosen.flatMap(one => (one.id === null ? [] : [one.id]))
    },
    clear: () => {
      chosen = []
      list.replaceChildren()
    },
  }
}
