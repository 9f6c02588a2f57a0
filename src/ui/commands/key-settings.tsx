import { Button, Switch } from '@mantine/core'
import { useIsFetching } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { Section } from '../kit/section.tsx'
import { useSay } from '../language/index.ts'
import { usePreference } from '../preference.ts'
import { conflictsWith, keyOf, pressed, shownKey } from './keys.ts'
import { type CommandName, commandNames, commands, type Scope, scopes } from './table.ts'

/** The first key of two is one of these; any other key stands alone. */
const firsts = new Set(['g'])

type RowProps = { name: CommandName; set: (name: CommandName, key: string | null) => void }

/** One command and its key; a press on the key waits for another. */
const Row = ({ name, set }: RowProps) => {
  const t = useSay()
  const { keys } = usePreference().preferences
  const [listening, listen] = useState(false)
  const [first, setFirst] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const key = keyOf(name, keys)
  const label = t(commands[name].label)
  const stop = () => {
    listen(false)
    setFirst(null)
  }
  const press = (event: KeyboardEvent) => {
    if (!listening || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return stop()
    if (event.key === 'Backspace' || event.key === 'Delete') {
      stop()
      return set(name, '')
    }
    const next = pressed(event.nativeEvent)
    if (!next) return
    if (!first && firsts.has(next)) return setFirst(next)
    const whole = first ? `${first} ${next}` : next
    const others = conflictsWith(whole, name, keys)
    stop()
    if (others.length === 0) {
      setWrong(null)
      return set(name, whole)
    }
    const names = others.map(other => `“${t(commands[other].label)}”`).join(', ')
    setWrong(t('keys.taken', { key: shownKey(whole), names }))
  }
  const shown = listening ? (first ? `${first} …` : t('keys.press')) : key === '' ? t('keys.off') : shownKey(key)
  return (
    <li>
      <span className="rp-grow">
        {label}
        {wrong && (
          <span className="rp-wrong rp-small" role="alert">
            {wrong}
          </span>
        )}
      </span>
      {key !== commands[name].key && !listening && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => set(name, null)}>
          {t('keys.usual', { key: shownKey(commands[name].key) || t('keys.off') })}
        </Button>
      )}
      <button
        type="button"
        className="rp-key-button"
        data-listening={listening || undefined}
        aria-label={t('keys.of', { command: label, key: shown })}
        onClick={() => {
          setWrong(null)
          listen(!listening)
        }}
        onKeyDown={press}
        onBlur={stop}
      >
        {listening || key === '' ? shown : <kbd>{shown}</kbd>}
      </button>
    </li>
  )
}

/** Who came for the keys sees them: once at once, and again when what stands above them has been read. */
const useScrolledTo = () => {
  const part = useRef<HTMLDivElement>(null)
  const { hash, key } = useLocation()
  const reading = useIsFetching() > 0
  const settled = useRef('')
  useEffect(() => {
    if (hash !== '#keys' || settled.current === key) return
    if (!reading) settled.current = key
    part.current?.scrollIntoView()
  }, [hash, key, reading])
  return part
}

/** The keys of all commands, to be changed, switched off one by one, or all together. */
export const KeySettings = () => {
  const t = useSay()
  const part = useScrolledTo()
  const { preferences, prefer } = usePreference()
  const { keys } = preferences
  const set = (name: CommandName, key: string | null) => {
    const rest = Object.fromEntries(Object.entries(keys ?? {}).filter(([other]) => other !== name))
    prefer({ keys: key === null || key === commands[name].key ? rest : { ...rest, [name]: key } })
  }
  return (
    <div id="keys" ref={part}>
      <Section title={t('keys.title')} lead={t('keys.lead')}>
        <div className="rp-stack">
          <Switch
            label={t('shortcuts.switch')}
            description={t('shortcuts.switchText')}
            checked={preferences.shortcuts !== false}
            onChange={event => prefer({ shortcuts: event.currentTarget.checked })}
          />
          {preferences.shortcuts !== false &&
            scopes.map((scope: Scope) => (
              <details key={scope} className="rp-key-group">
                <summary>{t(`shortcuts.${scope}`)}</summary>
                <ul className="rp-list">
                  {commandNames
                    .filter(name => commands[name].scope === scope)
                    .map(name => (
                      <Row key={name} name={name} set={set} />
                    ))}
                </ul>
              </details>
            ))}
          {Object.keys(keys ?? {}).length > 0 && (
            <div className="rp-actions">
              <Button variant="default" onClick={() => prefer({ keys: {} })}>
                {t('keys.reset')}
              </Button>
            </div>
          )}
        </div>
      </Section>
    </div>
  )
}
