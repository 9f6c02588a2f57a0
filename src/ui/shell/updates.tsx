import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { told } from '../kit/toast.tsx'
import { useSay } from '../language/index.ts'

const lookEveryMs = 3_600_000
/** A message that stays until somebody does something about it. */
const forEver = 2_147_483_647

const Ready = ({ load }: { load: () => void }) => {
  const t = useSay()
  return (
    <span className="rp-undo">
      <span>{t('update.ready')}</span>
      <Button size="compact-sm" variant="light" onClick={load}>
        {t('update.load')}
      </Button>
    </span>
  )
}

const offer = (waiting: ServiceWorker) => {
  const load = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true })
    waiting.postMessage('take over')
  }
  told(<Ready load={load} />, 'update', forEver)
}

/** Tells of a version that was fetched and waits; of the very first one there is nothing to tell. */
const watch = (registration: ServiceWorkerRegistration) => {
  const look = (worker: ServiceWorker | null) => {
    if (worker?.state === 'installed' && navigator.serviceWorker.controller) offer(worker)
  }
  look(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const { installing } = registration
    installing?.addEventListener('statechange', () => look(installing))
  })
}

/** Keeps the shell on this device, so that the program opens at once and without a network, and offers new versions. */
export const useUpdates = () => {
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
    let timer: ReturnType<typeof setInterval> | undefined
    const start = () =>
      navigator.serviceWorker
        .register('/sw.js', { updateViaCache: 'none' })
        .then(registration => {
          watch(registration)
          timer = setInterval(() => void registration.update().catch(() => {}), lookEveryMs)
        })
        // Where it is forbidden the program works as before; without a network it is tried again with one.
        .catch(() => navigator.onLine || window.addEventListener('online', () => void start(), { once: true }))
    // What is on screen comes first.
    const later = setTimeout(() => void start(), 3000)
    return () => {
      clearTimeout(later)
      clearInterval(timer)
    }
  }, [])
}
