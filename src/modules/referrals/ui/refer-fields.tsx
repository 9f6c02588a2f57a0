import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useCall } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { useAway } from '../../cover/ui/index.ts'
import { identity } from '../../identity/contract.ts'
import { type How, hows, type ReferralReason, referralReasons, type ToKind, toKinds } from '../contract.ts'
import { SupplierField } from './supplier-field.tsx'

export type Asking = {
  reason: ReferralReason
  toKind: Exclude<ToKind, 'decider'>
  toId: string
  how: How
  question: string
  said: string
  subject: string
  dueAt: string
}

type Props = { asking: Asking; set: (asking: Asking) => void }

export const isSpoken = (how: How): boolean => how === 'by_phone' || how === 'face_to_face'
const kinds = toKinds.filter(kind => kind !== 'decider')

const useTargets = (kind: Asking['toKind']): { id: number; name: string }[] => {
  const me = useMe()
  const staff = useCall(identity.staff, {}).data?.items ?? []
  const roles = useCall(identity.roles, {}).data?.items ?? []
  const teams = useCall(identity.teams, {}).data?.items ?? []
  if (kind === 'colleague') return staff.filter(one => one.endedAt === null && one.id !== me.id)
  return kind === 'role' ? roles : teams
}

const Whom = ({ asking, set }: Props) => {
  const t = useSay()
  const targets = useTargets(asking.toKind)
  const { named, warning } = useAway()
  const ofStaff = asking.toKind === 'colleague'
  const chosen = targets.find(one => ofStaff && String(one.id) === asking.toId)
  const mind = chosen ? warning(chosen.id, chosen.name) : null
  if (asking.toKind === 'manager') return null
  if (asking.toKind === 'supplier') return <SupplierField value={asking.toId} set={toId => set({ ...asking, toId })} />
  return (
    <>
      <NativeSelect
        label={t(`refer.whom.${asking.toKind}`)}
        value={asking.toId}
        onChange={event => set({ ...asking, toId: event.currentTarget.value })}
        data={[
          { value: '', label: '' },
          ...targets.map(one => ({ value: String(one.id), label: ofStaff ? named(one.id, one.name) : one.name })),
        ]}
        required
      />
      {mind && <Notice tone="note">{mind}</Notice>}
    </>
  )
}

const Words = ({ asking, set }: Props) => {
  const t = useSay()
  const outside = asking.toKind === 'supplier'
  return (
    <>
      {outside && !isSpoken(asking.how) && (
        <TextInput
          label={t('refer.subject')}
          description={t('refer.subjectText')}
          value={asking.subject}
          onChange={event => set({ ...asking, subject: event.currentTarget.value })}
          maxLength={200}
          required
          withAsterisk={false}
        />
      )}
      <Textarea
        label={t('refer.question')}
        {...(outside && !isSpoken(asking.how) ? { description: t('refer.outsideText') } : {})}
        value={asking.question}
        onChange={event => set({ ...asking, question: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={10_000}
        required
        withAsterisk={false}
      />
      {isSpoken(asking.how) && (
        <Textarea
          label={t('refer.said')}
          value={asking.said}
          onChange={event => set({ ...asking, said: event.currentTarget.value })}
          autosize
          minRows={2}
          maxLength={10_000}
          required
          withAsterisk={false}
        />
      )}
    </>
  )
}

/** Why, to whom, how, and what is asked. */
export const ReferFields = ({ asking, set }: Props) => {
  const t = useSay()
  return (
    <>
      <NativeSelect
        label={t('refer.reason')}
        value={asking.reason}
        onChange={event => set({ ...asking, reason: event.currentTarget.value as ReferralReason })}
        data={referralReasons.map(value => ({ value, label: t(`reason.${value}`) }))}
      />
      <NativeSelect
        label={t('refer.toKind')}
        value={asking.toKind}
        onChange={event => set({ ...asking, toId: '', toKind: event.currentTarget.value as Asking['toKind'] })}
        data={kinds.map(value => ({ value, label: t(`to.${value}`) }))}
      />
      <Whom asking={asking} set={set} />
      <NativeSelect
        label={t('refer.how')}
        value={asking.how}
        onChange={event => set({ ...asking, how: event.currentTarget.value as How })}
        data={hows.map(value => ({ value, label: t(`how.${value}`) }))}
      />
      <Words asking={asking} set={set} />
      <TextInput
        type="datetime-local"
        label={t('refer.dueAt')}
        description={t('refer.dueAtText')}
        value={asking.dueAt}
        onChange={event => set({ ...asking, dueAt: event.currentTarget.value })}
      />
    </>
  )
}
