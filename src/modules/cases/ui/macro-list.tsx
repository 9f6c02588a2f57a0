import { IconTemplate } from '@tabler/icons-react'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { macros } from '../contract-macros.ts'
import { MacroForm } from './macro-form.tsx'

/** Prepared answers: one's own, and those that are shared. */
export const Macros = () => {
  const t = useSay()
  const may = useMay()
  const list = useCall(macros.macroList, {})
  const remove = useAct(macros.removeMacro, { refresh: [macros.macroList, macros.macrosFor] })
  return (
    <Records
      title={t('macros.title')}
      lead={t('macros.lead')}
      add={t('macros.add')}
      may={may('case.handle')}
      of={{ ...list, items: list.data?.items }}
      none={
        <EmptyState
          icon={<IconTemplate size={34} stroke={1.2} />}
          title={t('macros.none')}
          text={t('macros.noneText')}
        />
      }
      editLabel={macro => `${t('action.edit')} ${macro.name}`}
      form={(macro, close) => <MacroForm macro={macro} close={close} />}
    >
      {macro => (
        <>
          <div className="rp-grow">
            <strong>{macro.name}</strong>
            <div className="rp-dim rp-small rp-truncate">{macro.text.slice(0, 160)}</div>
          </div>
          <span className="rp-dim rp-small">
            {t('macros.used', { count: macro.used })}
            {macro.mine && ` · ${t('macros.own')}`}
          </span>
          {(macro.mine || may('view.share')) && (
            <ConfirmButton
              size="compact-sm"
              action={t('action.remove')}
              label={`${t('action.remove')} ${macro.name}`}
              question={t('macros.removeQuestion', { name: macro.name })}
              text={t('macros.removeText')}
              onConfirm={() => remove.mutate({ id: macro.id })}
            />
          )}
        </>
      )}
    </Records>
  )
}
