import { type RefObject, useEffect, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { type Channel, channels, type Purchase, purchases } from '../contract.ts'

/** The cursor stands in the first field as soon as the screen is there: whoever scans has no hand for the mouse. */
export const useFirstField = (field: RefObject<HTMLInputElement | null>) => {
  useEffect(() => {
    // On a touch screen the keyboard would cover the page before anybody asked for it.
    if (!window.matchMedia('(pointer: coarse)').matches) field.current?.focus({ preventScroll: true })
  }, [field])
}

/** Which purchases are asked for; part of the address, so that links lead to them. */
export const useNarrowing = () => {
  const [params, setParams] = useSearchParams()
  const idIn = (name: string) => (/^\d+$/.test(params.get(name) ?? '') ? Number(params.get(name)) : null)
  const set = (name: 'person' | 'channel' | 'import', value: string) =>
    setParams(
      before => {
        if (value) before.set(name, value)
        else before.delete(name)
        return before
      },
      { replace: true },
    )
  const channel: Channel | null = channels.find(one => one === params.get('channel')) ?? null
  return { personId: idIn('person'), importId: idIn('import'), channel, start: params.get('q') ?? '', set }
}

type Found = { by: 'receipt' | 'gift_receipt' | 'serial' | 'card' | null; items: Purchase[] }
type Then = {
  /** The card of somebody who bought more than once. */
  cardOf: (person: { id: number; name: string }) => void
}

/** What Enter does in the field: opens the one purchase that has exactly this number, however it was scanned. */
export const useFinding = ({ cardOf }: Then) => {
  const go = useNavigate()
  const [missed, setMissed] = useState<string | null>(null)
  const open = ({ by, items }: Found, code: string) => {
    const [first, second] = items
    if (first && !second) return void go(`/purchases/${first.id}${by === 'gift_receipt' ? '?gift=1' : ''}`)
    if (first?.person && by === 'card') return cardOf(first.person)
    setMissed(first ? null : code)
  }
  const act = useAct(purchases.byCode, { done: (found, { code }) => open(found, code) })
  return {
    missed,
    forget: () => setMissed(null),
    busy: act.isPending,
    find: (typed: string) => {
      const code = typed.trim()
      if (code !== '' && !act.isPending) act.mutate({ code })
    },
  }
}
