import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { told, toldProblem } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { auth } from './auth.ts'

type Passkey = { id: string; name?: string | null; createdAt?: string | null }
const key = ['passkeys']

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
    onSuccess: refresh,
  })
  const add = useMutation({
    mutationFn: async () =>
      (await import('./passkeys.ts')).addPasskey(`${t('account.passkeyName')} ${onDay(new Date())}`),
    onSuccess: outcome => {
      if (outcome === 'done') told(t('account.passkeyAdded'))
      if (outcome === 'failed') toldProblem(new Error(t('account.passkeyFailed')))
      return refresh()
    },
  })
  const nameOf = (passkey: Passkey) => passkey.name || t('account.passkeys')
  return (
    <Section title={t('account.passkeys')} lead={t('account.passkeysText')}>
      {(list.data?.length ?? 0) > 0 ? (
        <ul className="rp-list">
          {list.data?.map(passkey => (
            <li key={passkey.id}>
              <span className="rp-grow">{nameOf(passkey)}</span>
              <ConfirmButton
                size="compact-sm"
                variant="subtle"
                color="gray"
                action={t('action.remove')}
                label={`${t('action.remove')} ${nameOf(passkey)}`}
                question={`${t('action.remove')} ${nameOf(passkey)}`}
                text={t('account.passkeysText')}
                onConfirm={() => remove.mutate(passkey.id)}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className="rp-dim" style={{ margin: 0 }}>
          {t('account.noPasskeys')}
        </p>
      )}
      {'PublicKeyCredential' in window && (
        <Button variant="default" mt={10} loading={add.isPending} onClick={() => add.mutate()}>
          {t('account.addPasskey')}
        </Button>
      )}
    </Section>
  )
}
