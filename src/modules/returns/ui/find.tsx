import { Button, Loader, TextInput } from '@mantine/core'
import { IconPencil, IconScan } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Purchase, purchases } from '../../purchases/contract.ts'
import type { Brought, FoundBy } from './brought.ts'
import { Several } from './several.tsx'

type Found = { by: FoundBy; code: string; items: Purchase[] }
type Props = { start: string; bring: (brought: Brought) => void }

/** Looks a code up: one purchase is taken at once, of several one is chosen, and none is said. */
const useLooking = (bring: Props['bring']) => {
  const [several, setSeveral] = useState<Found | null>(null)
  const [missed, setMissed] = useState<string | null>(null)
  const act = useAct(purchases.byCode, {
    quiet: true,
    done: ({ by, items }, { code }) => {
      const [first, second] = items
      setMissed(first ? null : code)
      if (!first || !by) return
      if (second) setSeveral({ by, code, items })
      else bring({ purchase: first, by, code })
    },
  })
  const look = (typed: string) => {
    const code = typed.trim()
    setSeveral(null)
    if (code !== '' && !act.isPending) act.mutate({ code })
  }
  return {
    look,
    several,
    missed,
    busy: act.isPending,
    problem: act.error,
    forget: () => {
      setSeveral(null)
      setMissed(null)
    },
  }
}

/** The first thing at the desk: one field for whatever the customer shows, and a way on for those who have nothing. */
export const Find = ({ start, bring }: Props) => {
  const t = useSay()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(start)
  const looking = useLooking(bring)
  const without = () => bring({ purchase: null, by: 'hand', code: '' })
  // What a link names is looked up once, as if it had been scanned.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the desk is opened
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
    if (start) looking.look(start)
  }, [])
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (text.trim() === '') return without()
    looking.look(text)
    // The next scan takes the place of this one.
    event.currentTarget.select()
  }
  return (
    <div className="rp-return-find">
      <ProblemNote problem={looking.problem} />
      <TextInput
        ref={field}
        size="xl"
        label={t('returns.find')}
        description={t('returns.findText')}
        leftSection={looking.busy ? <Loader size={18} /> : <IconScan size={22} aria-hidden />}
        value={text}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        error={looking.missed ? t('returns.missed', { code: looking.missed }) : null}
        onChange={event => {
          setText(event.currentTarget.value)
          looking.forget()
        }}
        onKeyDown={press}
      />
      {looking.several && (
        <Several
          items={looking.several.items}
          gift={looking.several.by === 'gift_receipt'}
          choose={purchase => {
            if (looking.several) bring({ purchase, by: looking.several.by, code: looking.several.code })
          }}
          back={() => field.current?.focus()}
        />
      )}
      <div className="rp-return-without">
        <Button size="md" variant="default" leftSection={<IconPencil size={17} />} onClick={without}>
          {t('returns.without')}
        </Button>
        <span className="rp-dim">{t('returns.withoutText')}</span>
      </div>
    </div>
  )
}
