import { Button } from '@mantine/core'
import type { Problem } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { Pick } from '../../../ui/kit/pick.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Check, useMet } from './met.ts'

export type Other = { name: string; kind: 'reply' | 'note'; updatedAt: string }

type AboveProps = {
  cautions: string[]
  problem: Problem | null
  others: Other[]
  catchUp: (() => void) | null
}

/** Changed within this time somebody is at it; later it only lies there. */
const atItMs = 120_000

const Drafting = ({ other }: { other: Other }) => {
  const t = useSay()
  if (Date.now() - Date.parse(other.updatedAt) < atItMs)
    return <p className="rp-drafting">{t(`composer.drafting.${other.kind}`, { name: other.name })}</p>
  return (
    <p className="rp-drafting">
      {t(`composer.drafted.${other.kind}`, { name: other.name })} <TimeAgo at={other.updatedAt} />
    </p>
  )
}

/** Things to know before sending, above the text. */
export const Above = ({ cautions, problem, others, catchUp }: AboveProps) => {
  const t = useSay()
  return (
    <>
      <ProblemNote problem={problem} />
      {others.map(other => (
        <Drafting key={other.name + other.kind} other={other} />
      ))}
      {catchUp && (
        <Notice tone="note">
          {t('composer.behind')}{' '}
          <Button size="compact-xs" variant="default" onClick={catchUp}>
            {t('composer.caughtUp')}
          </Button>
        </Notice>
      )}
      {cautions.length > 0 && (
        <Notice tone="note" alert>
          {cautions.map(caution => (
            <p key={caution}>{caution}</p>
          ))}
          <p>{t('caution.again')}</p>
        </Notice>
      )}
    </>
  )
}

/** Colleagues who will be told because they are named. */
export const Mentioned = ({ names }: { names: string[] }) => {
  const t = useSay()
  if (names.length === 0) return null
  return <p className="rp-small rp-mentions">{t('composer.willBeTold', { names: names.join(', ') })}</p>
}

/** A reply that solves also says whether the need was met, or has the customer asked. */
export const Met = ({ met }: { met: ReturnType<typeof useMet> }) => {
  const t = useSay()
  return (
    <p className="rp-composer-whom rp-composer-met">
      <span>{t('composer.met')}</span>{' '}
      <Pick
        label={t('composer.met')}
        value={met.check}
        choices={met.choices}
        onPick={value => met.setCheck(value as Check)}
      />
    </p>
  )
}
