import { preloadable } from '../../../ui/kit/preloadable.tsx'
import { loadWords } from '../../../ui/language/index.ts'
import { Editor } from './composer-text-later.ts'

/** The list is on screen before the code of a case is there; that is fetched while one reads, with its words. */
export const CasePane = preloadable(async () => {
  const [pane] = await Promise.all([import('./case-pane.tsx'), Editor.preload(), loadWords()])
  return pane.CasePane
})
