import './rules.css'
import { ActionIcon, Button, Fieldset, NativeSelect } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { ActFields } from './act-fields.tsx'
import { type Act, type ActName, actNames, blankAct, isActName } from './acts.ts'

type Props = {
  acts: readonly Act[]
  set: (acts: Act[]) => void
  /** Which there are to choose from; all where nothing is said. */
  from?: readonly ActName[]
  /** How few there may be. */
  least?: number
  legend?: string
}

/** What a rule or a macro has done, one after the other. */
export const ActsField = ({ acts, set, from = actNames, least = 1, legend }: Props) => {
  const t = useSay()
  // Fields keep what is typed while others are added and removed.
  const [keys, setKeys] = useState(() => acts.map((_, index) => index))
  const put = (index: number, act: Act) => set(acts.map((one, at) => (at === index ? act : one)))
  const names = from.map(value => ({ value, label: t(`rules.do.${value}`) }))
  return (
    <Fieldset variant="unstyled" className="rp-acts-field" legend={legend ?? t('rules.then')}>
      <ol className="rp-acts">
        {acts.map((act, index) => (
          <li key={keys[index]}>
            <div className="rp-act-head">
              <NativeSelect
                aria-label={t('rules.doWhat', { n: index + 1 })}
                data={isActName(act.do) ? names : [{ value: act.do, label: act.do }, ...names]}
                value={act.do}
                onChange={event => {
                  const name = event.currentTarget.value
                  if (isActName(name)) put(index, blankAct[name])
                }}
              />
              {acts.length > least && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('rules.removeAct', { n: index + 1 })}
                  onClick={() => {
                    set(acts.filter((_, at) => at !== index))
                    setKeys(keys.filter((_, at) => at !== index))
                  }}
                >
                  <IconX size={16} />
                </ActionIcon>
              )}
            </div>
            <ActFields act={act} set={next => put(index, next)} />
          </li>
        ))}
      </ol>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() => {
          set([...acts, blankAct[from.includes('note') ? 'note' : (from[0] ?? 'note')]])
          setKeys([...keys, Math.max(-1, ...keys) + 1])
        }}
      >
        {t('rules.addAct')}
      </Button>
    </Fieldset>
  )
}
