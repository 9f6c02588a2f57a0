import { createContext, useContext } from 'react'
import type { Me } from '../modules/identity/contract.ts'

const nobody: Me = {
  id: 0,
  name: '',
  email: '',
  role: { key: '', name: '' },
  permissions: [],
  teams: [],
  preferences: {},
  twoFactor: false,
  organisation: { name: '', zone: 'Europe/London', language: 'en', currency: 'GBP' },
}

export const MeContext = createContext<Me>(nobody)

/** Who is signed in. Inside the shell always somebody; on the pages before it, nobody with no permissions. */
export const useMe = (): Me => useContext(MeContext)

/** Whether I may do something; buttons ask this and never guess. */
export const useMay = () => {
  const { permissions } = useMe()
  return (permission: string) => permissions.includes(permission)
}
