import { Notice } from '../../../ui/kit/notice.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useProceduresOf } from './steps.ts'

/** What a procedure asks for and nobody has done: said before the case is closed, which it does not prevent. */
export const MissingSteps = ({ caseId }: { caseId: number }) => {
  const t = useSay()
  const items = useProceduresOf(caseId).data?.items ?? []
  const open = items.filter(one => one.missing.length > 0 && (one.started || items.length === 1))
  if (open.length === 0) return null
  return (
    <>
      {open.map(one => (
        <Notice key={one.id} tone="note">
          {t('steps.missingOf', {
            name: one.name,
            steps: one.steps
              .filter(step => one.missing.includes(step.key))
              .map(step => step.title)
              .join('; '),
          })}
        </Notice>
      ))}
    </>
  )
}
