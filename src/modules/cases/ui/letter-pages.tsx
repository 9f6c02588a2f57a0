import './log.css'
import { ActionIcon, Button } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconCamera,
  IconFileUpload,
  IconRotateClockwise2,
  IconTrash,
} from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import type { Page, useLetter } from './letter.ts'

type Letter = ReturnType<typeof useLetter>

const Picker = ({ add, camera, children }: { add: Letter['add']; camera?: boolean; children: ReactNode }) => {
  const input = useRef<HTMLInputElement>(null)
  const Icon = camera ? IconCamera : IconFileUpload
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg"
        multiple={!camera}
        {...(camera ? { capture: 'environment' as const } : {})}
        hidden
        onChange={event => {
          add(event.currentTarget.files ?? [])
          event.currentTarget.value = ''
        }}
      />
      <Button variant="default" leftSection={<Icon size={17} stroke={1.7} />} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  )
}

const OnePage = ({ page, index, of, letter }: { page: Page; index: number; of: number; letter: Letter }) => {
  const t = useSay()
  const n = index + 1
  const tools = [
    { label: t('letter.earlier', { n }), Icon: IconArrowLeft, run: () => letter.move(page.key, -1), off: index === 0 },
    { label: t('letter.turn', { n }), Icon: IconRotateClockwise2, run: () => letter.turn(page.key), off: false },
    { label: t('letter.remove', { n }), Icon: IconTrash, run: () => letter.remove(page.key), off: false },
    { label: t('letter.later', { n }), Icon: IconArrowRight, run: () => letter.move(page.key, 1), off: n === of },
  ]
  return (
    <li className="rp-page-scan">
      <span className="rp-page-picture">
        <img src={page.url} alt={t('letter.page', { n, of })} style={{ transform: `rotate(${page.turn}deg)` }} />
      </span>
      <span className="rp-page-tools">
        {tools.map(({ label, Icon, run, off }) => (
          <ActionIcon
            key={label}
            variant="subtle"
            color="gray"
            size={32}
            aria-label={label}
            title={label}
            disabled={off}
            onClick={run}
          >
            <Icon size={17} stroke={1.7} />
          </ActionIcon>
        ))}
      </span>
      <span className="rp-dim rp-small">{t('letter.page', { n, of })}</span>
    </li>
  )
}

/** Pages of a letter: photographed or chosen, put in order and turned the right way up. */
export const LetterPages = ({ letter }: { letter: Letter }) => {
  const t = useSay()
  return (
    <section className="rp-letter" aria-label={t('letter.pages')}>
      <div className="rp-actions">
        <Picker add={letter.add} camera>
          {t('letter.photograph')}
        </Picker>
        <Picker add={letter.add}>{t('letter.choose')}</Picker>
      </div>
      <p className="rp-dim rp-small">{t('letter.hint')}</p>
      {letter.pages.length > 0 && (
        <ol className="rp-page-scans">
          {letter.pages.map((page, index) => (
            <OnePage key={page.key} page={page} index={index} of={letter.pages.length} letter={letter} />
          ))}
        </ol>
      )}
    </section>
  )
}
