import { getDocumentProxy } from 'unpdf'
import { Unreadable } from './zip.ts'

const mostPages = 200
const mostCharacters = 2_000_000

type Page = { getTextContent(): Promise<{ items: object[] }>; cleanup(): unknown }

const pageText = async (page: Page): Promise<string> => {
  const { items } = await page.getTextContent()
  const said = items.map(item =>
    'str' in item ? `${String(item.str)}${'hasEOL' in item && item.hasEOL ? '\n' : ''}` : '',
  )
  page.cleanup()
  return said.join('')
}

/**
 * The text of a PDF: its first 200 pages, one after the other. A picture of a text has none.
 * @throws Unreadable
 */
export const pdfText = async (file: Buffer): Promise<string> => {
  const quiet = { verbosity: 0, isEvalSupported: false, disableFontFace: true, stopAtErrors: false }
  const document = await getDocumentProxy(new Uint8Array(file), quiet).catch((error: Error) => {
    throw new Unreadable(error.name === 'PasswordException' ? 'locked' : 'broken', error.message)
  })
  let text = ''
  for (let number = 1; number <= Math.min(document.numPages, mostPages); number++) {
    text += `${await pageText(await document.getPage(number))}\n`
    if (text.length > mostCharacters) break
  }
  return text.slice(0, mostCharacters)
}
