import { type DragEvent, useState } from 'react'

/** Files that are dragged onto something and let go there. */
export const useDropping = (add: (files: Iterable<File>) => void) => {
  const [over, setOver] = useState(false)
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false)
        // Taken by the text itself, where the picture was let go.
        if (event.isDefaultPrevented()) return
        if (event.dataTransfer.files.length === 0) return
        event.preventDefault()
        add(event.dataTransfer.files)
      },
    },
  }
}
