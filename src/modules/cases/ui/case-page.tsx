import { useCallback } from 'react'
import { useNavigate, useParams } from 'react-router'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { CasePane } from './case-pane.tsx'
import { usePlaying } from './playing.ts'
import { available } from './views.ts'
import { WorkingContext } from './working-on.ts'

/** One case on a page of its own. */
export const CasePage = () => {
  const { id } = useParams()
  const go = useNavigate()
  const show = useCallback((next: number) => void go(`/cases/${next}`), [go])
  const playing = usePlaying(available, Number(id) || null, show)
  if (!/^\d+$/.test(id ?? '')) return <NotFound />
  return (
    <WorkingContext value={playing}>
      <CasePane key={id} id={Number(id)} level={1} back={() => void go('/queue')} />
    </WorkingContext>
  )
}
