import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Case, cases, type Met } from '../../cases/contract.ts'
import { referrals } from '../contract.ts'
import { useAllowanceSentence } from './allowance.ts'

type Props = { kase: Case; needMet: Met | undefined; close: () => void }

/** Where closing a complaint is not mine to decide: says so before the act, and asks whoever may. */
export const ClosingAuthority = ({ kase, needMet, close }: Props) => {
  const t = useSay()
  const sentence = useAllowanceSentence()
  const [asked, setAsked] = useState(false)
  const allowance = useCall(referrals.allowance, { id: kase.id, act: 'closing_complaint', amount: 1 }).data
  const act = useAct(referrals.refer, {
    quiet: true,
    refresh: [cases.get, cases.messages, cases.timeline, referrals.ofCase],
    done: ({ to }) => {
      setAsked(true)
      told(t('refer.done', { name: to }))
      close()
    },
  })
  if (!allowance || allowance.allowed) return null
  const reason = t('closing.reason', { number: kase.number })
  const form = { act: 'closing_complaint' as const, amount: 1, reason, ...(needMet ? { needMet } : {}) }
  return (
    <Notice tone="note">
      <ProblemNote problem={act.error} />
      <p>
        {t('act.closing_complaint')}: {sentence(allowance)}
      </p>
      {allowance.decider && (
        <Button
          size="compact-sm"
          loading={act.isPending}
          disabled={asked}
          onClick={() =>
            act.mutate({ id: kase.id, reason: 'outside_authority', toKind: 'decider', question: reason, form })
          }
        >
          {t('refer.to', { name: allowance.decider.name })}
        </Button>
      )}
    </Notice>
  )
}
