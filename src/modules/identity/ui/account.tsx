import { Suspense } from 'react'
import { KeySettings } from '../../../ui/commands/key-settings.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { MyAbsences } from '../../cover/ui/index.ts'
import { Appearance } from './appearance.tsx'
import { PasskeyList } from './passkey-list.tsx'
import { Sessions } from './sessions.tsx'
import { Tokens } from './tokens.tsx'
import { TwoFactor } from './two-factor.tsx'

export const Account = () => {
  const t = useSay()
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('account.title')} lead={t('account.lead')} />
      <Suspense fallback={<Loading rows={2} />}>
        <MyAbsences />
      </Suspense>
      <Appearance />
      <KeySettings />
      <TwoFactor />
      <PasskeyList />
      <Sessions />
      <Tokens />
    </div>
  )
}
