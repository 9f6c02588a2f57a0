import { Label } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Clause, clauseParts, type Measure } from '../contract-shapes.ts'
import { MissedOf } from './missed.tsx'
import { useIndicator, useMeasured } from './words.ts'

const tones = { yes: 'good', no: 'bad', open: 'plain' } as const

type PromisedProps = { codeId: number; clause: Clause; measure: Measure | undefined }

const Promised = ({ codeId, clause, measure }: PromisedProps) => {
  const t = useSay()
  const indicator = useIndicator()
  const measured = useMeasured()
  const reads = useMay()('case.read')
  const { promise } = clause
  if (!promise) return null
  return (
    <div className="rp-small rp-code-promise">
      {promise.indicator && <p className="rp-dim">{indicator(promise.indicator)}</p>}
      {measure && (
        <p>
          <Label tone={tones[measure.met]}>{t(`codes.met.${measure.met}`)}</Label> {measured(measure)}
          {measure.smallBase && measure.n > 0 && <span className="rp-dim"> {t('codes.measure.small')}</span>}
          {measure.capped && <span className="rp-dim"> {t('codes.measure.capped')}</span>}
        </p>
      )}
      {reads && measure && measure.late + measure.broken > 0 && <MissedOf codeId={codeId} clause={clause.key} />}
      {promise.remedy && (
        <p>
          <span className="rp-dim">{t('codes.remedy')}:</span> {promise.remedy}
        </p>
      )}
    </div>
  )
}

type Props = { codeId: number; clauses: readonly Clause[]; measures: readonly Measure[] }

/** The clauses of a code by whom they are for, numbered through. */
export const Clauses = ({ codeId, clauses, measures }: Props) => {
  const t = useSay()
  return (
    <>
      {clauseParts
        .map(part => ({ part, own: clauses.filter(clause => clause.part === part) }))
        .filter(({ own }) => own.length > 0)
        .map(({ part, own }) => (
          <section key={part}>
            <h2 className="rp-code-part">{t(`codes.part.${part}`)}</h2>
            <ol className="rp-code-clauses" start={clauses.indexOf(own[0] as Clause) + 1}>
              {own.map(clause => (
                <li key={clause.key} value={clauses.indexOf(clause) + 1}>
                  <p>{clause.text}</p>
                  <Promised codeId={codeId} clause={clause} measure={measures.find(one => one.clause === clause.key)} />
                </li>
              ))}
            </ol>
          </section>
        ))}
    </>
  )
}
