import { useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { newKey } from '../../../ui/request.ts'
import { cases } from '../../cases/contract.ts'
import { type Purchase, purchases, type tenders } from '../../purchases/contract.ts'
import { type Assessment, type Coming, type Return, returns } from '../contract.ts'
import { amountProblem } from './decide.tsx'
import { amountOf, type Choice, carriageOf, exceptionKey, settledOf, standing } from './deciding.ts'

type Tender = (typeof tenders)[number]
type Given = {
  lines: Coming[]
  items: Assessment[]
  purchase: Purchase | null
  caseId: number | null
  /** Found by its gift receipt: the buyer is not told. */
  gift: boolean
}

/** What was left of the payments that are known; more than that goes back in a way that somebody says. */
const covered = (purchase: Purchase | null): number =>
  purchase?.payments.reduce((sum, one) => sum + one.amountMinor - one.refundedMinor, 0) ?? 0

const useChoices = (items: Assessment[]) => {
  const [made, setMade] = useState<Record<number, Choice>>({})
  const choices = items.map((item, index) => standing(item, made[item.lineId ?? -index]))
  const choose = (item: Assessment, index: number, choice: Choice) =>
    setMade(before => ({ ...before, [item.lineId ?? -index]: choice }))
  return { choices, choose }
}

const sums = (items: Assessment[], choices: (Choice | null)[]) => {
  const money = items.map((item, index) => {
    const choice = choices[index]
    return choice ? (amountOf(item, choice) ?? 0) + carriageOf(item, choice) : 0
  })
  const credit = money.filter((_, index) => choices[index]?.outcome === 'store_credit')
  const add = (all: number[]) => all.reduce((sum, one) => sum + one, 0)
  return { total: add(money), credit: add(credit) }
}

/** What was chosen for each thing, what it comes to, and the one attempt to settle it. */
export const useSettling = ({ lines, items, purchase, caseId, gift }: Given, done: (made: Return) => void) => {
  const t = useSay()
  const { choices, choose } = useChoices(items)
  // One key for as long as this is on screen: pressed twice, or sent again after a broken connection, it is one return.
  const [key] = useState(newKey)
  const [tender, setTender] = useState<Tender>('cash')
  const [here, setHere] = useState(true)
  const [words, setWords] = useState('')
  const [exceptionReason, setExceptionReason] = useState('')
  const [asked, setAsked] = useState(false)
  const act = useAct(returns.settle, {
    quiet: true,
    refresh: [returns.list, returns.refunds, purchases.list, purchases.get, cases.get],
    done,
  })
  const { total, credit } = sums(items, choices)
  const isExceptional = choices.some(choice => choice?.key === exceptionKey)
  const needsTender = total - credit > covered(purchase)
  const wrong = items.some((item, index) => {
    const choice = choices[index]
    return !choice || amountProblem(item, choice) !== null
  })
  const ready = items.length > 0 && items.length === lines.length && choices.every(choice => choice !== null)
  const submit = () => {
    setAsked(true)
    if (act.isPending || !ready) return
    if (wrong || (isExceptional && exceptionReason.trim() === '')) return 'missing' as const
    act.mutate({
      key,
      channel: 'desk',
      caseId,
      gift,
      tender: needsTender ? tender : null,
      reason: words.trim() || t(`returns.reason.${lines[0]?.reason ?? 'faulty'}`),
      exceptionReason: isExceptional ? exceptionReason.trim() : '',
      lines: lines.map((coming, index) =>
        settledOf(coming, items[index] as Assessment, choices[index] as Choice, here),
      ),
    })
  }
  return {
    choices,
    choose,
    total,
    ready,
    asked,
    submit,
    busy: act.isPending,
    problem: act.error,
    exception: { on: isExceptional, reason: exceptionReason, set: setExceptionReason },
    tender: { on: needsTender, value: tender, set: setTender },
    here: { on: here, set: setHere },
    words: { value: words, set: setWords },
  }
}

export type Settling = ReturnType<typeof useSettling>
