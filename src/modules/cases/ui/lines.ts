import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useAct } from '../../../ui/call.ts'
import { type Case, cases } from '../contract.ts'
import { patchLine } from './patching.ts'
import { useToldChange } from './taking-back.ts'

export { patchLine, touch } from './patching.ts'

type Telling = {
  /** The screen shows the problem itself. */
  quiet?: boolean
  /** In which words it is told; nothing is told where the screen says it in its own way. */
  words?: (kase: Case) => string | null
}

/** Changes a case, shows the answer everywhere at once, and says so with the way back. */
export const useChangeCase = ({ quiet = false, words }: Telling = {}) => {
  const client = useQueryClient()
  const toldChange = useToldChange()
  return useAct(cases.change, {
    quiet,
    refresh: [cases.timeline, cases.counts],
    done: (kase: Case) => {
      const before = client.getQueryData<Case>(keyOf(cases.get, { id: kase.id }))
      const said = words?.(kase)
      if (said !== null) toldChange(before, kase, said)
      client.setQueryData(keyOf(cases.get, { id: kase.id }), kase)
      patchLine(client, kase.id, kase)
    },
  })
}
