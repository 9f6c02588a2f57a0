import { type SubmitEvent, Suspense, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { people } from '../../people/contract.ts'
import { type ChosenPerson, PersonField } from '../../people/ui/index.ts'
import { type Purchase, purchases } from '../contract.ts'
import { purchaseAnswers } from './answers.ts'

const kinds = ['email', 'phone', 'card'] as const

/** Somebody new, as the register takes them: called by what is known of them until there is a name. */
const newcomer = ({ label, requester }: ChosenPerson) => {
  if ('personId' in requester) return null
  const identities = kinds.flatMap(kind => {
    const value = requester[kind]
    return value ? [{ kind, value }] : []
  })
  return { name: requester.name ?? label.trim(), identities }
}

/** Says whose purchase it is; somebody who is not in the register is added to it. */
export const OwnerDialog = ({ purchase, close }: { purchase: Purchase; close: () => void }) => {
  const t = useSay()
  const may = useMay()
  const { id, version, number, person } = purchase
  const [whom, setWhom] = useState<ChosenPerson | null>(
    person && { label: person.name, requester: { personId: person.id } },
  )
  const [unknown, setUnknown] = useState(false)
  const change = useAct(purchases.change, {
    quiet: true,
    refresh: purchaseAnswers,
    done: () => {
      close()
      told(t('action.saved'), 'purchase')
    },
  })
  const add = useAct(people.add, { quiet: true, refresh: [people.find] })
  const save = (personId: number | null) => change.mutate({ id, version, personId })
  // Known from now on: where saving fails, they are not added a second time.
  const added = (made: { id: number; name: string }) => {
    setWhom({ label: made.name, requester: { personId: made.id } })
    save(made.id)
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const fresh = whom && newcomer(whom)
    setUnknown(fresh !== null && !may('person.edit'))
    if (!fresh) save(whom && 'personId' in whom.requester ? whom.requester.personId : null)
    else if (may('person.edit')) add.mutate(fresh, { onSuccess: added })
  }
  return (
    <FormDialog
      title={t('purchases.whoseTitle', { number })}
      close={close}
      onSubmit={submit}
      busy={change.isPending || add.isPending}
    >
      <ProblemNote problem={change.error ?? add.error} />
      <Suspense fallback={<Loading rows={1} />}>
        <PersonField value={whom} onChange={setWhom} error={unknown ? t('purchases.whoseKnown') : null} />
      </Suspense>
      <p className="rp-dim rp-small" style={{ margin: 0 }}>
        {t('purchases.whoseText')}
      </p>
    </FormDialog>
  )
}
