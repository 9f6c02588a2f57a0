import { Modal, Switch } from '@mantine/core'
import { Kbd } from '../kit/kbd.tsx'
import { onMac } from '../kit/keys.ts'
import { type TextKey, useSay } from '../language/index.ts'
import { usePreference } from '../preference.ts'

type Group = { title: TextKey; keys: [string, TextKey][] }
const send = onMac ? '⌘ ↵' : 'Ctrl ↵'

const groups: Group[] = [
  {
    title: 'shortcuts.anywhere',
    keys: [
      ['/', 'shortcuts.search'],
      [onMac ? '⌘ K' : 'Ctrl K', 'shortcuts.palette'],
      ['c', 'shortcuts.log'],
      ['?', 'shortcuts.help'],
      ['Esc', 'shortcuts.escape'],
    ],
  },
  {
    title: 'shortcuts.queue',
    keys: [
      ['j', 'shortcuts.next'],
      ['k', 'shortcuts.previous'],
      ['Enter', 'shortcuts.open'],
      ['g', 'shortcuts.nextCase'],
      ['w', 'shortcuts.why'],
      ['.', 'shortcuts.refresh'],
    ],
  },
  {
    title: 'shortcuts.case',
    keys: [
      ['r', 'shortcuts.reply'],
      ['n', 'shortcuts.note'],
      ['h', 'shortcuts.heard'],
      ['a', 'shortcuts.assign'],
      ['i', 'shortcuts.assignMe'],
      ['s', 'shortcuts.status'],
      ['e', 'shortcuts.solve'],
      ['f', 'shortcuts.follow'],
      ['u', 'shortcuts.back'],
      [send, 'shortcuts.send'],
    ],
  },
]

const Keys = ({ group }: { group: Group }) => {
  const t = useSay()
  return (
    <section>
      <h3 className="rp-shortcut-title">{t(group.title)}</h3>
      <dl className="rp-shortcuts">
        {group.keys.map(([key, what]) => (
          <div key={what}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Every key the program listens to, and the switch for those who would rather it did not. */
const Shortcuts = ({ close }: { close: () => void }) => {
  const t = useSay()
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
          {groups.map(group => (
            <Keys key={group.title} group={group} />
          ))}
        </div>
      </div>
    </Modal>
  )
}

export default Shortcuts
