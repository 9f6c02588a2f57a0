import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { keyOf } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PasswordField } from '../../../ui/kit/password-field.tsx'
import { CopyButton, Secret } from '../../../ui/kit/secret.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { identity } from '../contract.ts'
import { auth, authSentence } from './auth.ts'

type Fresh = { totpURI: string; backupCodes: string[] }
const isFresh = (value: unknown): value is Fresh =>
  typeof value === 'object' && value !== null && 'totpURI' in value && 'backupCodes' in value

/** Runs one step and keeps the sentence of what went wrong. */
const useStep = () => {
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const run = async (step: () => Promise<unknown>) => {
    setBusy(true)
    setProblem(null)
    await step().catch((error: unknown) => setProblem(authSentence(error)))
    setBusy(false)
  }
  return { problem, busy, run }
}

const Password = ({ action, submit }: { action: string; submit: (password: string) => Promise<unknown> }) => {
  const t = useSay()
  const [password, setPassword] = useState('')
  const { problem, busy, run } = useStep()
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    void run(() => submit(password))
  }
  return (
    <form onSubmit={send} className="rp-actions" style={{ alignItems: 'flex-end' }}>
      <PasswordField
        label={t('account.password')}
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
        error={problem}
        autoComplete="current-password"
        required
        withAsterisk={false}
        w={260}
      />
      <Button type="submit" variant="default" loading={busy}>
        {action}
      </Button>
    </form>
  )
}

const Confirm = ({ fresh, done }: { fresh: Fresh; done: () => void }) => {
  const t = useSay()
  const [code, setCode] = useState('')
  const { problem, busy, run } = useStep()
  const secret = new URL(fresh.totpURI).searchParams.get('secret') ?? ''
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    void run(async () => {
      await auth('POST', 'two-factor/verify-totp', { code: code.replace(/\s/g, '') })
      done()
    })
  }
  return (
    <form onSubmit={send} className="rp-stack">
      <p style={{ margin: 0 }}>{t('account.secretText')}</p>
      <Secret label={t('account.secret')} text={secret} shown={secret.replace(/(.{4})/g, '$1 ').trim()} />
      <a href={fresh.totpURI}>{t('account.openApp')}</a>
      <Notice tone="note">
        <strong>{t('account.backupCodes')}.</strong> {t('account.backupText')}
      </Notice>
      <ul className="rp-codes">
        {fresh.backupCodes.map(backup => (
          <li key={backup}>{backup}</li>
        ))}
      </ul>
      <div>
        <CopyButton text={fresh.backupCodes.join('\n')} action={t('account.copyBackup')} />
      </div>
      <div className="rp-actions" style={{ alignItems: 'flex-end' }}>
        <TextInput
          label={t('account.confirmCode')}
          value={code}
          onChange={event => setCode(event.currentTarget.value)}
          error={problem}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          w={160}
        />
        <Button type="submit" loading={busy}>
          {t('account.enable')}
        </Button>
      </div>
    </form>
  )
}

export const TwoFactor = () => {
  const t = useSay()
  const me = useMe()
  const client = useQueryClient()
  const [fresh, setFresh] = useState<Fresh | null>(null)
  const finish = async (sentence: string) => {
    setFresh(null)
    await client.invalidateQueries({ queryKey: keyOf(identity.me) })
    told(sentence)
  }
  const enable = async (password: string) => {
    const answer = await auth('POST', 'two-factor/enable', { password })
    if (isFresh(answer)) setFresh(answer)
  }
  const disable = async (password: string) => {
    await auth('POST', 'two-factor/disable', { password })
    await finish(t('account.twoFactorOff'))
  }
  return (
    <Section title={t('account.twoFactor')} lead={t(me.twoFactor ? 'account.twoFactorOn' : 'account.twoFactorText')}>
      {fresh ? (
        <Confirm fresh={fresh} done={() => void finish(t('account.twoFactorDone'))} />
      ) : (
        <Password
          key={String(me.twoFactor)}
          action={t(me.twoFactor ? 'account.disable' : 'account.enable')}
          submit={me.twoFactor ? disable : enable}
        />
      )}
    </Section>
  )
}
