import { Button, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { Notice } from '../../../ui/kit/notice.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { auth, authSentence } from './auth.ts'

type Props = { done: () => void; back: () => void }

/** The second step: a code from the authenticator, or one of the backup codes. */
export const CodeForm = ({ done, back }: Props) => {
  const t = useSay()
  const [code, setCode] = useState('')
  const [backup, setBackup] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    await auth('POST', backup ? 'two-factor/verify-backup-code' : 'two-factor/verify-totp', {
      code: code.replace(/\s/g, ''),
    })
      .then(done)
      .catch((error: unknown) => setProblem(authSentence(error, backup ? 'signIn.wrongBackup' : 'signIn.wrongCode')))
    setBusy(false)
  }
  const swap = () => {
    setBackup(!backup)
    setCode('')
    setProblem(null)
  }
  return (
    <form onSubmit={event => void submit(event)} className="rp-stack">
      {problem && (
        <Notice tone="bad" alert>
          {problem}
        </Notice>
      )}
      <TextInput
        key={String(backup)}
        label={t(backup ? 'signIn.backup' : 'signIn.code')}
        description={t(backup ? 'signIn.backupText' : 'signIn.codeText')}
        inputMode={backup ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoFocus
        required
        withAsterisk={false}
        value={code}
        onChange={event => setCode(event.currentTarget.value)}
        size="md"
      />
      <Button type="submit" loading={busy} fullWidth size="md">
        {t('signIn.submit')}
      </Button>
      <div className="rp-actions">
        <Button variant="subtle" size="compact-sm" onClick={swap}>
          {t(backup ? 'signIn.useCode' : 'signIn.useBackup')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={back}>
          {t('action.back')}
        </Button>
      </div>
    </form>
  )
}
