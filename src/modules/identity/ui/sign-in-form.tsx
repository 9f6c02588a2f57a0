import { Button, Divider, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PasswordField } from '../../../ui/kit/password-field.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { authSentence, passkeysWork, signInWithPassword } from './auth.ts'
import { CodeForm } from './code-form.tsx'

type Props = { email?: string; done: (email: string | null) => void }

const usePasskey = (done: Props['done'], setProblem: (sentence: string | null) => void) => {
  const t = useSay()
  const [asking, setAsking] = useState(false)
  const ask = async () => {
    setProblem(null)
    setAsking(true)
    const signingIn = import('./passkeys.ts').then(passkeys => passkeys.signInWithPasskey())
    const outcome = await signingIn.finally(() => setAsking(false))
    if (outcome === 'done') done(null)
    else if (outcome === 'failed') setProblem(t('signIn.passkeyFailed'))
  }
  return { ask, asking }
}

/** E-mail and password, then a code where the account wants one; or a passkey. */
export const SignInForm = ({ email: known = '', done }: Props) => {
  const t = useSay()
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [wantsCode, setWantsCode] = useState(false)
  const withPasskey = usePasskey(done, setProblem)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    await signInWithPassword(email.trim(), password)
      .then(next => (next === 'code' ? setWantsCode(true) : done(email.trim())))
      .catch((error: unknown) => setProblem(authSentence(error, 'signIn.wrong')))
    setBusy(false)
  }
  if (wantsCode) return <CodeForm done={() => done(email.trim())} back={() => setWantsCode(false)} />
  return (
    <form onSubmit={event => void submit(event)} className="rp-stack">
      {problem && (
        <Notice tone="bad" alert>
          {problem}
        </Notice>
      )}
      <TextInput
        label={t('signIn.email')}
        type="email"
        autoComplete="username webauthn"
        required
        withAsterisk={false}
        value={email}
        onChange={event => setEmail(event.currentTarget.value)}
        size="md"
      />
      <PasswordField
        label={t('signIn.password')}
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
        data-autofocus={known !== '' || undefined}
        size="md"
      />
      <Button type="submit" loading={busy} fullWidth size="md">
        {t('signIn.submit')}
      </Button>
      {passkeysWork() && (
        <>
          <Divider label={t('signIn.or')} />
          <Button
            variant="default"
            fullWidth
            size="md"
            leftSection={<IconFingerprint size={18} stroke={1.6} />}
            loading={withPasskey.asking}
            onClick={() => void withPasskey.ask()}
          >
            {t('signIn.passkey')}
          </Button>
        </>
      )}
    </form>
  )
}
