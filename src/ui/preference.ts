import { useQueryClient } from '@tanstack/react-query'
import { identity, type Me, type Preferences } from '../modules/identity/contract.ts'
import { keyOf, useAct } from './call.ts'
import { useMe } from './me.ts'

/** My preferences, and how to change one: on screen at once, on the server a moment later. */
export const usePreference = () => {
  const client = useQueryClient()
  const { preferences } = useMe()
  const act = useAct(identity.setPreferences)
  const prefer = (change: Preferences) => {
    const key = keyOf(identity.me, {})
    const before = client.getQueryData<Me>(key)
    if (before) client.setQueryData<Me>(key, { ...before, preferences: { ...before.preferences, ...change } })
    act.mutate({ preferences: { ...preferences, ...change } }, { onError: () => client.setQueryData(key, before) })
  }
  return { preferences, prefer }
}
