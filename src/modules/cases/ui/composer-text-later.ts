import { preloadable } from '../../../ui/kit/preloadable.tsx'

/** The editor is larger than all else of a case together; it is fetched beside it. */
export const Editor = preloadable(async () => (await import('./editor.tsx')).default)
