import { Link } from 'react-router'
import { useSay } from '../../../ui/language/index.ts'

/** A case by its number, and by what it is about for those who may see it. */
export const CaseLine = ({ of }: { of: { id: number; subject: string | null } }) => {
  const t = useSay()
  if (of.subject === null) return <span className="rp-dim">{t('rules.hidden', { id: of.id })}</span>
  return (
    <Link to={`/cases/${of.id}`}>
      #{of.id} {of.subject}
    </Link>
  )
}
