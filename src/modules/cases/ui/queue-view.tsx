import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { Loading } from '../../../ui/kit/loading.tsx'
import { useLooks } from './looks.ts'
import { Queue } from './queue.tsx'
import { useCurrentView } from './views.ts'

const Stage = lazy(async () => ({ default: (await import('./stage.tsx')).Stage }))

/** A view in its layout. A case that is open stands beside the list, whatever the layout; closing it leads back. */
export const ViewStage = () => {
  const view = useCurrentView()
  const [params] = useSearchParams()
  const wide = useMediaQuery('(min-width: 56.25em)', true, { getInitialValueInEffect: false })
  const { looks } = useLooks(view)
  const plain = looks.layout === 'list' || (looks.layout === 'table' && !wide)
  if (plain || params.has('case')) return <Queue />
  return (
    <Suspense fallback={<Loading rows={8} />}>
      <Stage key={view.key} view={view} />
    </Suspense>
  )
}
