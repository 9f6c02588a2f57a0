import { Button, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { keyOf, useAct } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Reach } from '../../../ui/kit/reach.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Identity, identityKinds, type Person, people } from '../contract.ts'

const useSaved = (id: number) => {
  const client = useQueryClient()
  return (saved: Person) => void client.setQueryData(keyOf(people.get, { id }), saved)
}

const Add = ({ person, close }: { person: Person; close: () => void }) => {
  const t = useSay()
  const saved = useSaved(person.id)
  const [kind, setKind] = useState<Identity['kind']>('email')
  const [value, setValue] = useState('')
  const act = useAct(people.addIdentity, {
    quiet: true,
    refresh: [people.find],
    done: next => {
      saved(next)
      close()
    },
  })
  // Whose it is already says more than that it is taken.
  const problem = act.error?.errors.find(error => error.field === 'value')
  const wrong = problem && (act.error?.status === 409 ? act.error.message : problem.message)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    act.mutate({ id: person.id, kind, value })
  }
  return (
    <form onSubmit={submit} className="rp-stack" style={{ marginTop: 12 }}>
      {!wrong && <ProblemNote problem={act.error} />}
      <div className="rp-actions" style={{ alignItems: 'flex-start' }}>
        <Select
          aria-label={t('identity.kind')}
          data={identityKinds.map(item => ({ value: item, label: t(`identity.${item}`) }))}
          value={kind}
          onChange={next => next && setKind(next)}
          allowDeselect={false}
          w={160}
        />
        <TextInput
          aria-label={t(`identity.${kind}`)}
          value={value}
          onChange={event => setValue(event.currentTarget.value)}
          error={wrong}
          required
          autoFocus
          className="rp-grow"
        />
        <Button type="submit" loading={act.isPending}>
          {t('action.add')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Ways to reach or recognise the person. */
export const Identities = ({ person }: { person: Person }) => {
  const t = useSay()
  const may = useMay()
  const saved = useSaved(person.id)
  const [adding, setAdding] = useState(false)
  const remove = useAct(people.removeIdentity, { done: saved, refresh: [people.find] })
  const edit = may('person.edit')
  return (
    <>
      {person.identities.length > 0 && (
        <ul className="rp-list">
          {person.identities.map(identity => (
            <li key={identity.id}>
              <span className="rp-dim rp-small" style={{ width: 110 }}>
                {t(`identity.${identity.kind}`)}
              </span>
              <span className="rp-grow" style={{ overflowWrap: 'anywhere' }}>
                <Reach kind={identity.kind} value={identity.value} />
              </span>
              {identity.verifiedAt && !identity.undeliverableAt && <Label tone="good">{t('identity.verified')}</Label>}
              {identity.undeliverableAt && (
                <span title={identity.undeliverableReason ?? ''}>
                  <Label tone="bad">{t('identity.undeliverable')}</Label>
                </span>
              )}
              {edit && person.identities.length > 1 && (
                <ConfirmButton
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  action={t('action.remove')}
                  label={t('identity.remove', { value: identity.value })}
                  question={t('identity.removeQuestion')}
                  text={t('identity.removeText', { value: identity.value })}
                  onConfirm={() => remove.mutate({ id: person.id, identityId: identity.id })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {person.identities.length === 0 && <p className="rp-dim">{t('identity.none')}</p>}
      {edit &&
        (adding ? (
          <Add person={person} close={() => setAdding(false)} />
        ) : (
          <Button variant="default" size="compact-md" mt={10} onClick={() => setAdding(true)}>
            {t('identity.add')}
          </Button>
        ))}
    </>
  )
}
