import { useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { moved, UpDown } from '../../../ui/kit/up-down.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'
import { viewing } from '../contract-views.ts'
import { useViews } from './views.ts'

/** In which order I see the saved views. */
export const ViewOrder = ({ close }: { close: () => void }) => {
  const t = useSay()
  const views = useViews().data?.items ?? []
  const [ids, setIds] = useState(() => views.map(view => view.id))
  const save = useAct(viewing.order, { refresh: [cases.views], done: close })
  return (
    <FormDialog
      title={t('view.orderTitle')}
      close={close}
      busy={save.isPending}
      onSubmit={event => {
        event.preventDefault()
        save.mutate({ ids })
      }}
    >
      <p className="rp-dim">{t('view.orderText')}</p>
      <ol className="rp-column-list">
        {ids.map((id, index) => {
          const name = views.find(view => view.id === id)?.name ?? ''
          return (
            <li key={id}>
              <span className="rp-truncate rp-grow">{name}</span>
              <UpDown
                up={t('view.up', { name })}
                down={t('view.down', { name })}
                first={index === 0}
                last={index === ids.length - 1}
                move={step => setIds(moved(ids, id, step))}
              />
            </li>
          )
        })}
      </ol>
    </FormDialog>
  )
}
