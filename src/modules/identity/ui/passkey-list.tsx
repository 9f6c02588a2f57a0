import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { told, toldProblem } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { auth, authSentence, passkeysWork } from './auth.ts'

type Passkey = { id: string; name?: string | null; createdAt?: string | null }
const key = ['passkeys']

const Row = ({ passkey, remove }: { passkey: Passkey; remove: () => void }) => {
  const t = useSay()
  const kind = passkey.name || t('account.passkey')
  const name = passkey.createdAt ? t('account.passkeyNamed', { name: kind, day: onDay(passkey.createdAt) }) : kind
  return (
    <li>
      <span className="rp-grow">{name}</span>
      <ConfirmButton
        size="compact-sm"
        variant="subtle"
        color="gray"
        action={t('action.remove')}
        label={`${t('action.remove')} ${name}`}
        question={t('account.passkeyRemove', { name })}
        text={t('account.passkeyRemoveText')}
        onConfirm={remove}
      />
    </li>
  )
}

const useAdding = (refresh: () => unknown) => {
  const t = useSay()
  return useMutation({
    mutationFn: async () => (await import('./passkeys.ts')).addPasskey(),
    onSuccess: outcome => {
      if (outcome === 'done') told(t('account.passkeyAdded'))
      if (outcome === 'stale') toldProblem(t('account.passkeyStale'))
      if (outcome === 'failed') toldProblem(t('account.passkeyFailed'))
      return refresh()
    },
  })
}

export const PasskeyList = () => {
  const t = useSay()
  const client = useQueryClient()
  const list = useQuery({
    queryKey: key,
    queryFn: async () => (await auth('GET', 'passkey/list-user-passkeys')) as Passkey[],
  })
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const remove = useMutation({
    mutationFn: (id: string) => auth('POST', 'passkey/delete-passkey', { id }),
    meta: { quiet: true },
    onSuccess: () => told(t('account.passkeyRemoved')),
    onError: error => toldProblem(authSentence(error)),
    onSettled: refresh,
  })
  const add = useAdding(refresh)
  const works = passkeysWork()
  return (
    <Section title={t('account.passkeys')} lead={t('account.passkeysText')}>
      {(list.data?.length ?? 0) > 0 ? (
        <ul className="rp-list">
          {list.data?.map(passkey => (
            <Row key={passkey.id} passkey={passkey} remove={() => remove.mutate(passkey.id)} />
          ))}
        </ul>
      ) : (
        <p className="rp-dim" style={{ margin: 0 }}>
          {t(works ? 'account.noPasskeys' : 'account.passkeysNeedName')}
        </p>
      )}
      {works && (
        <Button variant="default" mt={10} loading={add.isPending} onClick={() => add.mutate()}>
          {t('account.addPasskey')}
        </Button>
      )}
    </Section>
  )
}
