import { useNavigate, useParams } from 'react-router'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { CasePane } from './case-pane.tsx'

/** One case on a page of its own. */
export const CasePage = () => {
  const { id } = useParams()
  const go = useNavigate()
  if (!/^\d+$/.test(id ?? '')) return <NotFound />
  return <CasePane key={id} id={Number(id)} level={1} back={() => void go('/queue')} />
}
