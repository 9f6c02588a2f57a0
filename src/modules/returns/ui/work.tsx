import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useEscape } from '../../../ui/kit/keys.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useBarcode } from '../../cases/ui/index.ts'
import type { Return } from '../contract.ts'
import { type Brought, comingOf, type Facts, factsAtFirst } from './brought.ts'
import { Decide } from './decide.tsx'
import { exceptionKey, useAssessment } from './deciding.ts'
import { useDeskKeys } from './desk-keys.ts'
import { isTyped } from './keys.ts'
import { SettleBar, SettleFields } from './settle-bar.tsx'
import { useSettling } from './settling.ts'
import { toggled, What } from './what.tsx'
import { WhatElse } from './what-else.tsx'
import { How, Why } from './why.tsx'

type Props = {
  brought: Brought
  caseId: number | null
  currency: string
  done: (made: Return) => void
  back: () => void
  scanned: (code: string) => void
}

/** Whose purchase it is and when it was, as far as whoever stands at the desk may be told. */
const Head = ({ brought, back }: Pick<Props, 'brought' | 'back'>) => {
  const t = useSay()
  const { purchase, by } = brought
  const about =
    by === 'gift_receipt'
      ? t('returns.giftHidden')
      : purchase && [purchase.person?.name ?? t('purchases.nobody'), onDay(purchase.boughtAt)].join(' · ')
  return (
    <div className="rp-return-top">
      <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={16} />} onClick={back}>
        {t('returns.other')}
      </Button>
      <p>
        <strong>{purchase ? t('purchases.numbered', { number: purchase.number }) : t('returns.byHand')}</strong>{' '}
        <span className="rp-dim">{about ?? t('returns.byHandText')}</span>
      </p>
    </div>
  )
}

/** After a letter the next key is meant for what can be done: the focus goes there once the answer has come. */
const useGoingOn = (desk: React.RefObject<HTMLElement | null>, current: boolean) => {
  const wanted = useRef(false)
  useEffect(() => {
    if (!current || !wanted.current || isTyped(document.activeElement)) return
    wanted.current = false
    const tile = desk.current?.querySelector<HTMLElement>('.rp-tile[aria-pressed="true"], .rp-tile')
    tile?.focus({ preventScroll: true })
    tile?.scrollIntoView({ block: 'nearest' })
  })
  return () => {
    wanted.current = true
  }
}

const first = '[data-group="options"] [data-amount], .rp-return-desk [aria-invalid="true"], .rp-return-desk textarea'
const focusOn = (where: string) => requestAnimationFrame(() => document.querySelector<HTMLElement>(where)?.focus())

/** What is known and what is decided, with the acts that keys and buttons share. */
const useDesk = ({ brought, caseId, done }: Pick<Props, 'brought' | 'caseId' | 'done'>) => {
  const desk = useRef<HTMLFormElement>(null)
  const [facts, setFacts] = useState(() => factsAtFirst(brought))
  const set = (part: Partial<Facts>) => setFacts(before => ({ ...before, ...part }))
  const lines = comingOf(facts, brought)
  const answer = useAssessment(lines)
  const settling = useSettling(
    { lines, items: answer.items, purchase: brought.purchase, caseId, gift: brought.by === 'gift_receipt' },
    done,
  )
  const goOn = useGoingOn(desk, answer.current)
  const submit = () => {
    if (answer.current && settling.submit() === 'missing') focusOn(first)
  }
  const press = useDeskKeys({
    reason: reason => [set({ reason }), goOn()],
    condition: condition => [set({ condition }), goOn()],
    line: n => {
      const line = brought.purchase?.lines[n - 1]
      if (line) set({ picked: toggled(facts, line) })
    },
    here: () => settling.here.set(!settling.here.on),
    exception: () => {
      const [item] = answer.items
      if (item) settling.choose(item, 0, { key: exceptionKey, outcome: 'refund', amount: '' })
      focusOn('[data-amount]')
    },
    settle: submit,
  })
  return { desk, facts, set, answer, settling, submit, press, isAsked: lines.length > 0 }
}

type AnswerProps = Pick<ReturnType<typeof useDesk>, 'answer' | 'settling' | 'isAsked'> & {
  currency: string
  silent: boolean
}

/** What can be done with each thing, and the bar that does it. */
const Answer = ({ answer, settling, isAsked, currency, silent }: AnswerProps) => {
  const t = useSay()
  const { items, current, busy, problem } = answer
  return (
    <div className="rp-return-answer" aria-busy={busy}>
      <ProblemNote problem={problem} />
      {!isAsked && <p className="rp-return-wait">{t('returns.waiting')}</p>}
      {isAsked && items.length === 0 && busy && <Loading rows={3} />}
      {items.map((item, index) => (
        <Decide
          key={item.lineId ?? 'hand'}
          assessment={item}
          choice={settling.choices[index] ?? null}
          choose={choice => settling.choose(item, index, choice)}
          named={items.length > 1}
          silent={silent}
          asked={settling.asked}
        />
      ))}
      {items[0] && (
        <>
          <SettleFields settling={settling} />
          <SettleBar settling={settling} current={current} currency={items[0].currency || currency} silent={silent} />
        </>
      )}
    </div>
  )
}

/** The desk with something on it: what, why, and what can be done. */
export const Work = ({ brought, caseId, currency, done, back, scanned }: Props) => {
  const { desk, facts, set, answer, settling, submit, press, isAsked } = useDesk({ brought, caseId, done })
  useEscape(back)
  useBarcode(scanned)
  return (
    <form
      className="rp-return-desk"
      ref={desk}
      onKeyDown={press}
      noValidate
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <Head brought={brought} back={back} />
      <div className="rp-return-columns">
        <div>
          <What brought={brought} facts={facts} set={set} />
          <Why facts={facts} set={set} />
          <How facts={facts} set={set} />
          <WhatElse facts={facts} set={set} questions={answer.items[0]?.questions ?? {}} />
        </div>
        <Answer {...{ answer, settling, isAsked, currency }} silent={brought.by === 'gift_receipt'} />
      </div>
    </form>
  )
}
