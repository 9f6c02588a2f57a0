import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { moved, UpDown } from '../../../ui/kit/up-down.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useColumns, usualColumns } from './columns.tsx'

type Props = { close: () => void; chosen: string[]; choose: (columns: string[]) => void }

/** Which columns a table has and in which order: chosen ones first. */
export const ColumnsDialog = ({ close, chosen, choose }: Props) => {
  const t = useSay()
  const all = useColumns()
  const [keys, setKeys] = useState(chosen.length > 0 ? chosen : usualColumns)
  const label = (key: string) => all.find(column => column.key === key)?.label ?? key
  const listed = [...keys, ...all.map(column => column.key).filter(key => !keys.includes(key))]
  const toggle = (key: string) => setKeys(keys.includes(key) ? keys.filter(one => one !== key) : [...keys, key])
  return (
    <FormDialog
      title={t('looks.columns')}
      close={close}
      busy={false}
      onSubmit={event => {
        event.preventDefault()
        choose(keys.slice(0, 20))
        close()
      }}
    >
      <p className="rp-dim">{t('looks.columnsText')}</p>
      <ul className="rp-column-list">
        {listed.map(key => {
          const at = keys.indexOf(key)
          return (
            <li key={key}>
              <Checkbox label={label(key)} checked={at >= 0} onChange={() => toggle(key)} />
              <span className="rp-grow" />
              {at >= 0 && (
                <UpDown
                  up={t('looks.columnUp', { column: label(key) })}
                  down={t('looks.columnDown', { column: label(key) })}
                  first={at === 0}
                  last={at === keys.length - 1}
                  move={step => setKeys(moved(keys, key, step))}
                />
              )}
            </li>
          )
        })}
      </ul>
    </FormDialog>
  )
}
