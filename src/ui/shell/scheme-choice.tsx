import { Menu } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
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
  return (
    <Menu.RadioGroup
      value={preferences.colourScheme ?? 'auto'}
      onChange={value => prefer({ colourScheme: value as (typeof schemes)[number]['key'] })}
    >
      {schemes.map(({ key, Icon }) => (
        <Menu.RadioItem key={key} value={key} closeMenuOnClick={false} rightSection={<Icon size={16} stroke={1.7} />}>
          {t(`scheme.${key}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}
