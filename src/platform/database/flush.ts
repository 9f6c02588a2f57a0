import { open } from 'node:fs/promises'
import { platform } from 'node:os'

/** Makes the names in a folder outlast a power cut. Windows has no such call and does it by itself. */
export const flushFolder = async (folder: string): Promise<void> => {
  if (platform() === 'win32') return
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
