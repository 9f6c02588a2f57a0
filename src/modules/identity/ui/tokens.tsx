import { Button, Modal, MultiSelect, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { Secret } from '../../../ui/kit/secret.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { identity, type Token } from '../contract.ts'

const Made = ({ token, close }: { token: string; close: () => void }) => {
  const t = useSay()
  return (
    <div className="rp-stack">
      <Notice tone="note">{t('account.tokenOnce')}</Notice>
      <Secret label={t('account.token')} text={token} />
      <div className="rp-actions" data-end>
        <Button onClick={close}>{t('action.close')}</Button>
      </div>
    </div>
  )
}

const MakeToken = ({ close }: { close: () => void }) => {
  const t = useSay()
  const me = useMe()
  const form = useForm({ initialValues: { name: '', scopes: [] as string[], days: '365' } })
  const act = useAct(identity.makeToken, { quiet: true, refresh: [identity.tokens] })
  const submit = form.onSubmit(({ name, scopes, days }) =>
    act.mutate(
      { name, scopes, days: days === 'ever' ? null : Number(days) },
      { onError: problem => showFieldErrors(form, problem) },
    ),
  )
  return (
    <Modal opened onClose={close} title={t('account.makeToken')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {act.data ? (
        <Made token={act.data.token} close={close} />
      ) : (
        <form onSubmit={submit} className="rp-stack">
          <ProblemNote problem={act.error} shown={['name', 'scopes', 'days']} />
          <TextInput
            label={t('account.tokenName')}
            required
            withAsterisk={false}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <MultiSelect
            label={t('account.scopes')}
            description={t('account.scopesText')}
            searchable
            data={me.permissions.map(value => ({ value, label: sayOr(`permission.${value}`, value) }))}
            {...form.getInputProps('scopes')}
          />
          <Select
            label={t('account.tokenDays')}
            allowDeselect={false}
            data={[
              ...(['30', '90', '365'] as const).map(value => ({
                value: value as string,
                label: t(`account.tokenDays.${value}`),
              })),
              { value: 'ever', label: t('account.tokenEver') },
            ]}
            {...form.getInputProps('days')}
          />
          <div className="rp-actions" data-end>
            <Button variant="default" onClick={close}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={act.isPending}>
              {t('account.makeToken')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  )
}

const TokenRow = ({ token }: { token: Token }) => {
  const t = useSay()
  const revoke = useAct(identity.revokeToken, { refresh: [identity.tokens] })
  const facts = [
    token.lastUsedAt ? t('account.tokenUsed', { when: onDay(token.lastUsedAt) }) : t('account.tokenNever'),
    token.expiresAt ? t('account.tokenExpires', { day: onDay(token.expiresAt) }) : t('account.tokenEver'),
  ]
  return (
    <li>
      <div className="rp-grow">
        {token.name}
        <div className="rp-dim rp-small">{facts.join(' · ')}</div>
      </div>
      <ConfirmButton
        size="compact-sm"
        action={t('account.revoke')}
        label={`${t('account.revoke')} ${token.name}`}
        question={t('account.revokeQuestion', { name: token.name })}
        text={t('account.revokeText')}
        onConfirm={() => revoke.mutate({ id: token.id })}
      />
    </li>
  )
}

export const Tokens = () => {
  const t = useSay()
  const [making, make] = useDisclosure()
  const tokens = useCall(identity.tokens, {})
  const items = tokens.data?.items ?? []
  return (
    <Section title={t('account.tokens')} lead={t('account.tokensText')}>
      {tokens.data && items.length === 0 && (
        <p className="rp-dim" style={{ margin: 0 }}>
          {t('account.noTokens')}
        </p>
      )}
      {items.length > 0 && (
        <ul className="rp-list">
          {items.map(token => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      <Button variant="default" mt={10} onClick={make.open}>
        {t('account.makeToken')}
      </Button>
      {making && <MakeToken close={make.close} />}
    </Section>
  )
}
