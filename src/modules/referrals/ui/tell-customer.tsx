import { Checkbox, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import type { Case } from '../../cases/contract.ts'

export type Telling = { on: boolean; text: string }

/** What the customer is told with a referral: a text to begin with, changed as one likes. */
export const useTelling = (kase: Case) => {
  const t = useSay()
  const me = useMe()
  const [telling, setTelling] = useState<Telling>(() => ({
    on: false,
    text: t('tell.text', { customer: kase.requester.name, me: me.name, organisation: me.organisation.name }),
  }))
  return { telling, setTelling, tellCustomer: telling.on ? telling.text : '' }
}

export const TellCustomer = ({ telling, set }: { telling: Telling; set: (telling: Telling) => void }) => {
  const t = useSay()
  return (
    <>
      <Checkbox
        label={t('tell.label')}
        checked={telling.on}
        onChange={event => set({ ...telling, on: event.currentTarget.checked })}
      />
      {telling.on && (
        <Textarea
          label={t('tell.words')}
          value={telling.text}
          onChange={event => set({ ...telling, text: event.currentTarget.value })}
          autosize
          minRows={4}
          maxRows={12}
          maxLength={20_000}
          required
          withAsterisk={false}
        />
      )}
    </>
  )
}
