import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Policy, returns } from '../contract.ts'
import { RuleList } from './rule-list.tsx'
import { type Draft, draftOf, ruleOf } from './rules.ts'

type Props = { draft: Policy | null; inForce: Policy | null; currency: string; published: () => void }

/** The version that is being written: saved as often as one likes, and put in force once. */
export const PolicyDraft = ({ draft, inForce, currency, published }: Props) => {
  const t = useSay()
  const [rules, setRules] = useState<Draft[]>(() => ((draft ?? inForce)?.rules ?? []).map(draftOf))
  const [note, setNote] = useState(draft?.note ?? '')
  const [changed, setChanged] = useState(false)
  const save = useAct(returns.saveDraft, {
    quiet: true,
    refresh: [returns.policies],
    done: () => {
      setChanged(false)
      told(t('returnPolicy.saved'), 'policy')
    },
  })
  const publish = useAct(returns.publish, {
    refresh: [returns.policies],
    done: () => {
      told(t('returnPolicy.published'), 'policy')
      published()
    },
  })
  const put = (next: Draft[]) => {
    setRules(next)
    setChanged(true)
    // Errors are counted by the place of a rule: after a change they would stand beside another.
    if (next.length !== rules.length || next.some((one, index) => one.key !== rules[index]?.key)) save.reset()
  }
  const problem = save.error
  return (
    <form
      className="rp-stack"
      onSubmit={event => {
        event.preventDefault()
        save.mutate({ rules: rules.map(ruleOf), note })
      }}
    >
      {problem && (
        <Notice tone="bad" alert>
          {problem.errors.length > 0 ? t('returnPolicy.wrong') : sentenceOf(problem)}
        </Notice>
      )}
      <RuleList rules={rules} set={put} currency={currency} problem={problem} />
      <TextInput
        label={t('returnPolicy.note')}
        value={note}
        maxLength={2000}
        onChange={event => {
          setNote(event.currentTarget.value)
          setChanged(true)
        }}
      />
      <div className="rp-actions">
        <Button type="submit" variant={changed ? 'filled' : 'default'} loading={save.isPending} disabled={!changed}>
          {t('returnPolicy.save')}
        </Button>
        {draft && !changed && (
          <ConfirmButton
            variant="filled"
            action={t('returnPolicy.publish')}
            question={t('returnPolicy.publishQuestion')}
            text={t('returnPolicy.publishText')}
            onConfirm={() => publish.mutate({})}
          />
        )}
        {changed && <span className="rp-dim">{t('returnPolicy.changed')}</span>}
      </div>
    </form>
  )
}
