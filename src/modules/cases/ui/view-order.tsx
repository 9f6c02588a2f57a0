import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
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
  const move = (id: number, step: number) => {
    const next = ids.filter(one => one !== id)
    next.splice(ids.indexOf(id) + step, 0, id)
    setIds(next)
  }
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
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={index === 0}
                aria-label={t('view.up', { name })}
                onClick={() => move(id, -1)}
              >
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={index === ids.length - 1}
                aria-label={t('view.down', { name })}
                onClick={() => move(id, 1)}
              >
                <IconArrowDown size={15} />
              </ActionIcon>
            </li>
          )
        })}
      </ol>
    </FormDialog>
  )
}
