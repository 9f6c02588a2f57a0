import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Problem } from '../../../ui/call.ts'
import { moved, UpDown } from '../../../ui/kit/up-down.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { HouseRule } from '../contract.ts'
import { RuleFields } from './rule-fields.tsx'
import { type Draft, errorsAt, freshRule, hasCondition, told } from './rules.ts'

export const RuleSentence = ({ rule, currency }: { rule: HouseRule; currency: string }) => {
  const t = useSay()
  const { meant, given } = told(rule, currency, t)
  return (
    <div className="rp-rule-told">
      <strong>{rule.name}</strong>
      <span>{meant}</span>
      <span>{given}</span>
      {rule.clause && <q>{rule.clause}</q>}
      {hasCondition(rule) && <span className="rp-dim rp-small">{t('returnPolicy.hasCondition')}</span>}
    </div>
  )
}

type Props = { rules: Draft[]; set: (rules: Draft[]) => void; currency: string; problem: Problem | null }
type OneProps = Props & { rule: Draft; index: number; open: boolean; toggle: () => void }

const One = ({ rules, rule, index, set, currency, problem, open, toggle }: OneProps) => {
  const t = useSay()
  const errors = errorsAt(problem?.errors ?? [], index)
  const wrong = Object.values(errors)
  const { name } = rule
  return (
    <li className="rp-rule" data-wrong={wrong.length > 0 || undefined}>
      <div className="rp-rule-top">
        <RuleSentence rule={rule} currency={currency} />
        <div className="rp-rule-acts">
          <UpDown
            up={t('returnPolicy.up', { name })}
            down={t('returnPolicy.down', { name })}
            first={index === 0}
            last={index === rules.length - 1}
            move={step => set(moved(rules, rule, step))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('returnPolicy.remove', { name })}
            onClick={() => set(rules.filter(one => one !== rule))}
          >
            <IconTrash size={15} />
          </ActionIcon>
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={open}
            aria-label={open ? undefined : t('returnPolicy.edit', { name })}
            onClick={toggle}
          >
            {t(open ? 'returnPolicy.done' : 'action.edit')}
          </Button>
        </div>
      </div>
      {!open &&
        wrong.map(message => (
          <p key={message} className="rp-rule-error" role="alert">
            {message}
          </p>
        ))}
      {open && (
        <RuleFields
          rule={rule}
          currency={currency}
          errors={errors}
          set={part => set(rules.with(index, { ...rule, ...part }))}
        />
      )}
    </li>
  )
}

/** The rules in the order in which they are asked; one is open at a time. */
export const RuleList = (props: Props) => {
  const t = useSay()
  const { rules, set } = props
  const [open, setOpen] = useState<number | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const add = () => {
    const fresh = freshRule(
      t('returnPolicy.ruleNew'),
      rules.map(one => one.id),
    )
    set([...rules, fresh])
    setOpen(fresh.key)
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('[data-rule-name]')?.select())
  }
  return (
    <>
      <ul className="rp-rules" ref={list}>
        {rules.map((rule, index) => (
          <One
            key={rule.key}
            {...props}
            rule={rule}
            index={index}
            open={open === rule.key}
            toggle={() => setOpen(open === rule.key ? null : rule.key)}
          />
        ))}
      </ul>
      <div>
        <Button variant="default" leftSection={<IconPlus size={15} />} onClick={add}>
          {t('returnPolicy.add')}
        </Button>
      </div>
    </>
  )
}
