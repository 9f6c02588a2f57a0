import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAct, usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { atTime, useMinute } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { type Absence, cover } from '../contract.ts'
import { handing } from '../contract-handing.ts'
import { untilOf } from './away.ts'
import { AwayDialog, awayAnswers } from './away-dialog.tsx'

const Line = ({ absence, edit }: { absence: Absence; edit: () => void }) => {
  const t = useSay()
  const now = useMinute()
  const began = Date.parse(absence.startsAt) <= now
  const back = useAct(handing.back, {
    refresh: awayAnswers,
    done: counts => told(t('away.backDone', counts)),
  })
  return (
    <li>
      <div className="rp-grow">
        <strong>{t(`away.kind.${absence.kind}`)}</strong>{' '}
        {t('away.times', { from: atTime(absence.startsAt), until: untilOf(absence.endsAt, t) })}
        <div className="rp-dim rp-small">
          {absence.cover && t('away.covered', { name: absence.cover.name })} {absence.note}
        </div>
      </div>
      {absence.handedOver && <Label tone="plain">{t('away.handed')}</Label>}
      <Button size="compact-sm" variant="default" onClick={edit}>
        {t('away.edit')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => back.mutate({ id: absence.id })}>
        {t(began ? 'away.back' : 'away.takeBack')}
      </Button>
    </li>
  )
}

/** Whether I am away, and the way to say so. */
export const MyAbsences = () => {
  const t = useSay()
  const me = useMe()
  const [open, setOpen] = useState<Absence | 'new' | null>(null)
  const list = usePages(cover.absences, { staffId: me.id })
  return (
    <Section title={t('away.mine')} lead={t('away.lead')}>
      <ProblemNote problem={list.error} />
      {list.isPending && <Loading rows={1} />}
      {list.isSuccess && list.items.length === 0 && <p className="rp-dim">{t('away.none')}</p>}
      {list.items.length > 0 && (
        <ul className="rp-list">
          {list.items.map(absence => (
            <Line key={absence.id} absence={absence} edit={() => setOpen(absence)} />
          ))}
        </ul>
      )}
      <Button variant="default" mt={10} onClick={() => setOpen('new')}>
        {t('away.add')}
      </Button>
      {open && (
        <AwayDialog
          staff={me}
          me
          absence={open === 'new' ? null : open}
          close={() => setOpen(null)}
          done={() => {
            setOpen(null)
            told(t('away.noted'))
          }}
        />
      )}
    </Section>
  )
}
