import { useEffect, useRef } from 'react'

/** No hand types this fast for this long: a reader sends a digit every 2 to 20 ms and ends with Enter. */
const longestGapMs = 60
const shortest = 4

type Field = HTMLInputElement | HTMLTextAreaElement
type Burst = { code: string; last: number; field: Field | null; before: string }

const fieldOf = (target: EventTarget | null): Field | null =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null

/** Takes out of a field what the reader wrote into it, in a way that React notices. */
const restore = ({ field, before }: Burst): void => {
  if (!field || field.value === before) return
  const owner = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement
  Object.getOwnPropertyDescriptor(owner.prototype, 'value')?.set?.call(field, before)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Hears a barcode reader, which types like a keyboard, wherever on the page the cursor stands. */
export const useBarcode = (scanned: (code: string) => void): void => {
  const tell = useRef(scanned)
  tell.current = scanned
  // Once for the life of the page: what is typed into a field draws it anew between two digits.
  useEffect(() => {
    let burst: Burst | null = null
    const press = (event: KeyboardEvent) => {
      const fast = burst !== null && event.timeStamp - burst.last <= longestGapMs
      if (event.key === 'Enter' && burst && fast && burst.code.length >= shortest) {
        event.preventDefault()
        event.stopPropagation()
        restore(burst)
        tell.current(burst.code)
        burst = null
        return
      }
      if (event.key === 'Shift') return
      if (event.ctrlKey || event.metaKey || event.altKey || !/^[\w\-./+$%]$/.test(event.key)) {
        burst = null
        return
      }
      const field = fieldOf(event.target)
      burst =
        burst && fast
          ? { ...burst, code: burst.code + event.key, last: event.timeStamp }
          : { code: event.key, last: event.timeStamp, field, before: field?.value ?? '' }
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [])
}
