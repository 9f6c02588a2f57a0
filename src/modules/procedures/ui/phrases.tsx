import { Button } from '@mantine/core'
import { useState } from 'react'
import { useCommands } from '../../../ui/commands/running.ts'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { insertInto } from '../../cases/ui/index.ts'
import type { CaseProcedure } from '../contract-shapes.ts'

type Props = {
  caseId: number
  phrases: CaseProcedure['phrases']
  /** Where there is no composer they are there to be said aloud. */
  put: boolean
}

/** Words for listening, concern, apology and calm: read aloud, or put into the reply by one key. */
export const Phrases = ({ caseId, phrases, put }: Props) => {
  const t = useSay()
  const [chosen, setChosen] = useState(0)
  const insert = (at: number) => {
    const phrase = phrases[at]
    if (!phrase) return
    if (insertInto(caseId, { text: phrase.text, html: null })) told(t('steps.phrasePut'), 'phrase')
    // The key goes on to the next: pressed twice it never says the same again.
    setChosen((at + 1) % phrases.length)
  }
  useCommands({ phrase: put && phrases.length > 0 && (() => insert(chosen)) })
  if (phrases.length === 0) return null
  return (
    <details className="rp-phrases" open={!put}>
      <summary className="rp-small">
        {t('steps.phrases')} {put && <KeyHint of="phrase" />}
      </summary>
      <ul>
        {phrases.map((phrase, at) => (
          <li key={phrase.tone + phrase.text} data-chosen={(put && at === chosen) || undefined}>
            <span className="rp-dim rp-small">{t(`tone.${phrase.tone}`)}</span>
            <span dir="auto">{phrase.text}</span>
            {put && (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('steps.putPhrase', { text: phrase.text })}
                onClick={() => insert(at)}
              >
                {t('steps.put')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
