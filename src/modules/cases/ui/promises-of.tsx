import { Button } from '@mantine/core'
import { IconAlarm } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { promising } from '../contract-promises.ts'
import { PromiseLine } from './promise-line.tsx'

const PromiseDialog = lazy(async () => ({ default: (await import('./promise-dialog.tsx')).PromiseDialog }))

/** What was promised to the customer of a case: what is open, and behind it what has ended. */
export const PromisesOf = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const [making, setMaking] = useState(false)
  const may = kase.can.includes('change')
  const list = useCall(promising.promisesOfCase, { id: kase.id }).data?.items ?? []
  const open = list.filter(promise => promise.outcome === null)
  const ended = list.filter(promise => promise.outcome !== null)
  useCommands({ promise: may && (() => setMaking(true)) })
  if (list.length === 0 && !may) return null
  return (
    <section className="rp-joined rp-promises">
      <h3>{t('case.promise.title')}</h3>
      {open.length > 0 && (
        <ul>
          {open.map(promise => (
            <PromiseLine key={promise.id} promise={promise} may={may} />
          ))}
        </ul>
      )}
      {may && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconAlarm size={15} stroke={1.7} />}
          rightSection={<KeyHint of="promise" />}
          onClick={() => setMaking(true)}
        >
          {t('case.promise.make')}
        </Button>
      )}
      {ended.length > 0 && (
        <details className="rp-promise-ended">
          <summary className="rp-small rp-dim">{t('case.promise.earlier', { count: ended.length })}</summary>
          <ul>
            {ended.map(promise => (
              <PromiseLine key={promise.id} promise={promise} may={may} />
            ))}
          </ul>
        </details>
      )}
      {making && (
        <Suspense>
          <PromiseDialog kase={kase} close={() => setMaking(false)} />
        </Suspense>
      )}
    </section>
  )
}
