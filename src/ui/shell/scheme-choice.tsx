import { Menu } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useSay } from '../language/index.ts'
import { usePreference } from '../preference.ts'

const schemes = [
  { key: 'auto', Icon: IconDeviceDesktop },
  { key: 'light', Icon: IconSun },
  { key: 'dark', Icon: IconMoon },
] as const

/** Light, dark, or as the device says; kept with the account, so it follows to the next device. */
export const SchemeChoice = () => {
  const t = useSay()
  const { preferences, prefer } = usePreference()
  return schemes.map(({ key, Icon }) => {
    const chosen = (preferences.colourScheme ?? 'auto') === key
    return (
      <Menu.Item
        key={key}
        closeMenuOnClick={false}
        role="menuitemradio"
        aria-checked={chosen}
        leftSection={<Icon size={16} stroke={1.7} />}
        rightSection={chosen ? <IconCheck size={14} aria-hidden /> : null}
        onClick={() => prefer({ colourScheme: key })}
      >
        {t(`scheme.${key}`)}
      </Menu.Item>
    )
  })
}
