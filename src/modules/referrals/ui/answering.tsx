import { Button, NumberInput, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { digitsOf, minorOf } from '../../../shared/money.ts'
import { type Problem, useAct } from '../../../ui/call.ts'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../../cases/contract.ts'
import { toldWithUndo } from '../../cases/ui/index.ts'
import { type Referral, referrals } from '../contract.ts'

/** What can be done with a referral on the desk. */
export type Doing = 'approve' | 'less' | 'decline' | 'advise' | 'take' | 'pass' | 'handBack'

const refresh = [referrals.desk, referrals.panel, referrals.ofCase, cases.get, cases.messages, cases.timeline]
const answerOf = { approve: 'approve', less: 'approve_less', decline: 'decline', advise: 'advise' } as const

type Done = (referral: Referral) => void

const useDoing = (referral: Referral, done: Done) => {
  const t = useSay()
  const undo = useAct(referrals.undo, { refresh, done: () => told(t('desk.undone')) })
  const options = { quiet: true, refresh }
  const answer = useAct(referrals.answer, options)
  const take = useAct(referrals.takeOver, options)
  const pass = useAct(referrals.passOn, options)
  const back = useAct(referrals.handBack, options)
  const { id, version } = referral
  const after = (sentence: (referral: Referral) => string) => ({
    onSuccess: (answered: Referral) => {
      told(sentence(answered))
      done(answered)
    },
  })
  const run = (doing: Doing, words: string, amount: number | undefined) => {
    if (doing === 'take')
      return take.mutate(
        { id, reason: words, version },
        after(() => t('desk.taken')),
      )
    if (doing === 'handBack')
      return back.mutate(
        { id, note: words },
        after(() => t('desk.handedBack')),
      )
    if (doing === 'pass')
      return pass.mutate(
        { id, note: words },
        after(({ to }) => t('desk.passed', { name: to?.name ?? '' })),
      )
    const given = doing === 'less' && amount !== undefined ? { amount } : {}
    return answer.mutate(
      { id, version, answer: answerOf[doing], reason: words, ...given },
      {
        onSuccess: r => {
          toldWithUndo(t('desk.answered'), () => undo.mutate({ id }), `referral${id}`)
          done(r)
        },
      },
    )
  }
  const acts = [answer, take, pass, back]
  const problem: Problem | null = acts.find(act => act.error)?.error ?? null
  return { run, busy: acts.some(act => act.isPending), problem }
}

const labels = {
  approve: 'desk.reason',
  less: 'desk.reason',
  decline: 'desk.reason',
  advise: 'desk.advise',
  take: 'desk.takeNote',
  pass: 'desk.passNote',
  handBack: 'desk.handBackNote',
} as const

type Props = { referral: Referral; doing: Doing; cancel: () => void; done: Done }

/** One answer with its reason; what was typed stays where somebody else was quicker. */
export const Answering = ({ referral, doing, cancel, done }: Props) => {
  const t = useSay()
  const [words, setWords] = useState('')
  const [amount, setAmount] = useState<number | ''>('')
  const { run, busy, problem } = useDoing(referral, done)
  const currency = referral.form?.currency ?? null
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    run(doing, words, amount === '' ? undefined : minorOf(amount, currency))
  }
  return (
    <form className="rp-stack" onSubmit={submit} style={{ marginTop: 14 }}>
      <ProblemNote problem={problem} />
      {doing === 'less' && (
        <NumberInput
          label={t('desk.amount')}
          min={0}
          decimalScale={currency === null ? 0 : digitsOf(currency)}
          hideControls
          value={amount}
          onChange={value => setAmount(value === '' ? '' : Number(value))}
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
        />
      )}
      <Textarea
        label={t(labels[doing])}
        value={words}
        onChange={event => setWords(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
        }}
        autosize
        minRows={2}
        maxLength={10_000}
        required={doing !== 'take' && doing !== 'pass'}
        withAsterisk={false}
        autoFocus={doing !== 'less'}
      />
      <div className="rp-actions">
        <Button type="submit" loading={busy}>
          {t(`desk.${doing}`)}
        </Button>
        <Button variant="default" onClick={cancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}
