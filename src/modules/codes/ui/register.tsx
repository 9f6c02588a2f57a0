import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { codes } from '../contract.ts'

/** Who was asked to read which version, and who read it when. */
export const Register = ({ id }: { id: number }) => {
  const t = useSay()
  const [state, setState] = useState<'' | 'open' | 'read'>('')
  const list = usePages(codes.register, { id, ...(state ? { state } : {}) })
  return (
    <>
      <div className="rp-actions" style={{ marginBottom: 10 }}>
        <NativeSelect
          aria-label={t('codes.register.state')}
          data={(['', 'open', 'read'] as const).map(value => ({
            value,
            label: t(value === '' ? 'codes.register.all' : `codes.register.${value}`),
          }))}
          value={state}
          onChange={event => setState(event.currentTarget.value as typeof state)}
        />
        <Button component="a" href={`/api/codes/${id}/register/export`} download variant="default">
          {t('codes.register.export')}
        </Button>
      </div>
      <RecordList
        of={{ ...list, items: list.isPending ? undefined : list.items }}
        none={<p className="rp-dim">{t('codes.register.none')}</p>}
      >
        {one => (
          <li key={`${one.number} ${one.staff.id}`}>
            <div className="rp-grow">
              {one.staff.name}{' '}
              <span className="rp-dim rp-small">
                {one.staff.role}
                {one.staff.left && <> · {t('codes.left')}</>} · {t('codes.version', { number: one.number })}
              </span>
            </div>
            {one.late && <Label tone="bad">{t('codes.register.late')}</Label>}
            <span className="rp-small">
              {one.readAt ? (
                t('codes.register.readAt', { when: atTime(one.readAt) })
              ) : (
                <span className="rp-dim">{t('codes.toReadBy', { day: one.dueOn ?? '' })}</span>
              )}
            </span>
          </li>
        )}
      </RecordList>
    </>
  )
}
