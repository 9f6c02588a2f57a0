import { Button, Modal, Switch } from '@mantine/core'
import { Link } from 'react-router'
import { keyOf, shownKey } from '../commands/keys.ts'
import { commandNames, commands, type Scope, scopes } from '../commands/table.ts'
import { useFocusBack } from '../kit/focus-back.ts'
import { Kbd } from '../kit/kbd.tsx'
import { onMac } from '../kit/keys.ts'
import { useSay } from '../language/index.ts'
import { usePreference } from '../preference.ts'

const mod = onMac ? '⌘ ' : 'Ctrl '

/** Keys that go with Ctrl or Cmd, or have no sign: they are the same for everybody. */
const fixed = {
  anywhere: [
    [`${mod}K`, 'shortcuts.palette'],
    ['Esc', 'shortcuts.escape'],
  ],
  queue: [['Enter', 'shortcuts.open']],
  desk: [],
  case: [
    [`${mod}↵`, 'shortcuts.send'],
    [`${onMac ? '⇧' : 'Shift '}${mod}↵`, 'send.andNext'],
  ],
} as const

const Keys = ({ scope }: { scope: Scope }) => {
  const t = useSay()
  const { preferences } = usePreference()
  const own = commandNames
    .filter(name => commands[name].scope === scope)
    .map(name => ({ key: shownKey(keyOf(name, preferences.keys)), what: t(commands[name].label) }))
  const others = fixed[scope].map(([key, what]) => ({ key: key as string, what: t(what) }))
  return (
    <section>
      <h3 className="rp-shortcut-title">{t(`shortcuts.${scope}`)}</h3>
      <dl className="rp-shortcuts">
        {[...own, ...others]
          .filter(({ key }) => key !== '')
          .map(({ key, what }) => (
            <div key={what}>
              <dt>
                <Kbd>{key}</Kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

/** Every key the program listens to, and the switch for those who would rather it did not. */
const Shortcuts = ({ close }: { close: () => void }) => {
  const t = useSay()
  useFocusBack()
  const { preferences, prefer } = usePreference()
  return (
    <Modal
      opened
      onClose={close}
      title={t('shortcuts.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className="rp-stack">
        <Switch
          checked={preferences.shortcuts !== false}
          onChange={event => prefer({ shortcuts: event.currentTarget.checked })}
          label={t('shortcuts.switch')}
          description={t('shortcuts.switchText')}
        />
        <div className="rp-columns">
          {scopes.map(scope => (
            <Keys key={scope} scope={scope} />
          ))}
        </div>
        <div className="rp-actions" data-end>
          <Button component={Link} to="/account#keys" variant="default" onClick={close}>
            {t('keys.change')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

export default Shortcuts
