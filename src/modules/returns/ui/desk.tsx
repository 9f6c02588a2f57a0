import './desk.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import type { Return } from '../contract.ts'
import type { Brought } from './brought.ts'
import { Find } from './find.tsx'
import { Result } from './result.tsx'
import { Work } from './work.tsx'

type Stage =
  | { at: 'find'; code: string }
  | { at: 'work'; brought: Brought; caseId: number | null }
  | { at: 'result'; brought: Brought; made: Return }

/** The returns desk: what is shown there, what comes back and why, what can be done, and on to the next customer. */
export const ReturnsDesk = () => {
  const t = useSay()
  const { currency } = useMe().organisation
  const [params] = useSearchParams()
  const asked = params.get('case') ?? ''
  const [caseId, setCaseId] = useState(/^\d+$/.test(asked) ? Number(asked) : null)
  const [stage, setStage] = useState<Stage>({ at: 'find', code: params.get('code') ?? '' })
  // Each customer begins with nothing of the one before.
  const [round, setRound] = useState(0)
  const find = (code = '') => {
    setRound(before => before + 1)
    setStage({ at: 'find', code })
  }
  const next = (code = '') => {
    setCaseId(null)
    find(code)
  }
  return (
    <div className="rp-page rp-return-page" data-stage={stage.at}>
      <PageHeader title={t('returns.desk')} lead={stage.at === 'find' ? t('returns.deskLead') : undefined}>
        <Button component={Link} to="/returns" variant="default">
          {t('returns.all')}
        </Button>
      </PageHeader>
      {caseId !== null && stage.at !== 'result' && (
        <p className="rp-return-case">
          {t('returns.inCase')} <Link to={`/cases/${caseId}`}>#{caseId}</Link>
        </p>
      )}
      {stage.at === 'find' && (
        <Find key={round} start={stage.code} bring={brought => setStage({ at: 'work', brought, caseId })} />
      )}
      {stage.at === 'work' && (
        <Work
          key={round}
          brought={stage.brought}
          caseId={stage.caseId}
          currency={currency}
          done={made => setStage({ at: 'result', brought: stage.brought, made })}
          back={() => find()}
          scanned={find}
        />
      )}
      {stage.at === 'result' && (
        <Result
          made={stage.made}
          next={next}
          more={() => {
            setCaseId(stage.made.caseId)
            find(stage.brought.code)
          }}
          canMore={stage.brought.purchase !== null}
        />
      )}
    </div>
  )
}
