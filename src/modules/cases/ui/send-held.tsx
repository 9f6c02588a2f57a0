import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLiveState, useOnline } from '../../../ui/live.ts'
import { useMe } from '../../../ui/me.ts'
import { sendHeld, useHeld } from './outbox.ts'

/** Sends what waits as soon as the network and the line to the server are there. Draws nothing. */
export const SendHeld = () => {
  const client = useQueryClient()
  const me = useMe()
  const online = useOnline()
  const live = useLiveState()
  const waiting = useHeld().length
  useEffect(() => {
    if (online && waiting > 0 && live !== 'broken') void sendHeld(client, me.id)
  }, [client, me.id, online, live, waiting])
  return null
}
