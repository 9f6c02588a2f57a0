import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useAct } from '../../../ui/call.ts'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Case, cases } from '../contract.ts'

/** Follows the case, or stops; shown at once. */
export const useFollow = (kase: Case) => {
  const t = useSay()
  const client = useQueryClient()
  const act = useAct(cases.follow)
  const toggle = () => {
    const following = !kase.following
    const key = keyOf(cases.get, { id: kase.id })
    client.setQueryData<Case>(key, { ...kase, following })
    act.mutate(
      { id: kase.id, following },
      {
        onSuccess: () => told(t(following ? 'case.followingNow' : 'case.notFollowing'), 'follow'),
        onError: () => client.setQueryData(key, kase),
      },
    )
  }
  return { toggle }
}
