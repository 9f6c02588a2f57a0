import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useCommands } from '../../../ui/commands/running.ts'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useWorkingOn } from './working-on.ts'

const SkipDialog = lazy(async () => ({ default: (await import('./skip-dialog.tsx')).SkipDialog }))

/** While cases are handed out: how far one is, and the ways on. */
export const PlayingBar = ({ caseId }: { caseId: number }) => {
  const t = useSay()
  const { playing, done, next, pass, stop } = useWorkingOn()
  const [skipping, skip] = useDisclosure()
  useCommands({ 'play.skip': pass !== null && skip.open })
  return (
    <>
      {playing && (
        <section className="rp-playing" aria-label={t('play.label')}>
          <IconPlayerTrackNext size={16} stroke={1.8} aria-hidden />
          <span className="rp-grow" role="status">
            {done === 0 ? t('play.first') : t('play.done', { count: done })}
          </span>
          <Button size="compact-sm" variant="default" onClick={skip.open} rightSection={<KeyHint of="play.skip" />}>
            {t('play.skip')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => next?.()}
            rightSection={<KeyHint of="play.next" />}
          >
            {t('queue.next')}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={stop}>
            {t('play.stop')}
          </Button>
        </section>
      )}
      {skipping && (
        <Suspense fallback={null}>
          <SkipDialog caseId={caseId} close={skip.close} skipped={() => pass?.()} />
        </Suspense>
      )}
    </>
  )
}
