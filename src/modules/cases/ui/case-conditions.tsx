import { Fieldset } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'
import { ConditionGroup } from './condition-group.tsx'
import { useSentence } from './condition-words.ts'
import { type Group, isWhole, useFields } from './conditions.ts'

type Props = { legend: string; group: Group; set: (group: Group) => void; changes?: boolean }

/** For which cases something holds: the sentence that views are built of. */
export const CaseConditions = ({ legend, group, set, changes = false }: Props) => {
  const t = useSay()
  const fields = useFields().map(field => ({ ...field, changes }))
  const sentence = useSentence(fields)
  return (
    <Fieldset variant="unstyled" legend={legend} className="rp-macro-visible">
      <ConditionGroup group={group} fields={fields} set={set} />
      {group.items.length > 0 && (
        <div className="rp-sentence-said">
          <p>{sentence(group)}</p>
          <p className="rp-dim" role="status">
            {fields.length > 0 && !isWhole(group, fields) && t('view.unfinished')}
          </p>
        </div>
      )}
    </Fieldset>
  )
}
