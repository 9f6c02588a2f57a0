import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { signedIn } from '../../../ui/session.ts'
import { identity } from '../contract.ts'
import { Door } from './door.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Only addresses of our own: `//elsewhere` would lead to another site. */
const safe = (then: string | null) =>
  then?.startsWith('/') && !then.startsWith('//') && !then.startsWith('/\\') ? then : '/queue'

export const SignIn = () => {
  const t = useSay()
  const go = useNavigate()
  const client = useQueryClient()
  const [params] = useSearchParams()
  const setup = useCall(identity.setupState, {})
  const done = () => {
    client.clear()
    signedIn()
    void go(safe(params.get('then')), { replace: true })
  }
  if (setup.data?.needed) return <Navigate to="/setup" replace />
  return (
    <Door title={t('signIn.title')} lead={t('signIn.lead')}>
      <SignInForm done={done} />
    </Door>
  )
}
