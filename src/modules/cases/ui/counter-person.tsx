import { Button, TextInput } from '@mantine/core'
import { IconId } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { call, useCall } from '../../../ui/call.ts'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { toldProblem } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import type { Problem } from '../../../ui/request.ts'
import { people } from '../../people/contract.ts'
import { type ChosenPerson, PersonField } from '../../people/ui/index.ts'
import { useBarcode } from './barcode.ts'
import { BeforeYouAnswer } from './person-card.tsx'

const plain = (code: string) => code.replace(/[\s-]/g, '').toUpperCase()

/** Whose card it is: of those whose number begins so, the one who has exactly this one. */
const holderOf = async (code: string): Promise<ChosenPerson | null> => {
  const [first] = (await call(people.find, { q: code, limit: 1 })).items
  if (!first) return null
  const { identities } = await call(people.get, { id: first.id })
  const theirs = identities.some(
    one => one.kind !== 'email' && one.kind !== 'phone' && plain(one.value) === plain(code),
  )
  return theirs ? { label: first.name, requester: { personId: first.id } } : null
}

/** Finds whoever holds a card that is read, or takes it as that of somebody new. */
export const useCards = (choose: (whom: ChosenPerson) => void) => {
  const [reading, setReading] = useState(false)
  // By the time the answer is there, more may have been typed.
  const current = useRef(choose)
  current.current = choose
  useBarcode(code => {
    setReading(true)
    holderOf(code)
      .then(holder => current.current(holder ?? { label: code, requester: { card: code } }))
      .catch((problem: Problem) => toldProblem(problem))
      .finally(() => setReading(false))
  })
  return reading
}

type Props = {
  whom: ChosenPerson | null
  setWhom: (whom: ChosenPerson | null) => void
  reading: boolean
  missing: boolean
}

/** What they need from us, before they have to say it again. */
const Needs = ({ personId }: { personId: number }) => {
  const { data } = useCall(people.get, { id: personId }, { enabled: useMay()('person.read'), retry: false })
  return data ? <BeforeYouAnswer person={data} /> : null
}

const Chosen = ({ whom, setWhom }: { whom: ChosenPerson; setWhom: Props['setWhom'] }) => {
  const t = useSay()
  const { requester } = whom
  const card = 'card' in requester ? requester.card : undefined
  return (
    <div className="rp-counter-whom">
      {card ? <IconId size={36} stroke={1.4} aria-hidden /> : <Avatar name={whom.label} size={44} />}
      <div className="rp-grow">
        <p className="rp-counter-name">{card ? t('counter.card', { card }) : whom.label}</p>
        <p className="rp-dim">{t(card ? 'counter.cardNew' : 'personField.known')}</p>
        {card && (
          <TextInput
            size="lg"
            mt={8}
            label={t('words.name')}
            value={('name' in requester && requester.name) || ''}
            onChange={event =>
              setWhom({
                label: whom.label,
                requester: { card, ...(event.currentTarget.value ? { name: event.currentTarget.value } : {}) },
              })
            }
          />
        )}
      </div>
      <Button size="lg" variant="default" onClick={() => setWhom(null)}>
        {t('counter.other')}
      </Button>
    </div>
  )
}

/** Who stands at the counter: by their card anywhere on the page, or by name, telephone or e-mail. */
export const CounterPerson = ({ whom, setWhom, reading, missing }: Props) => {
  const t = useSay()
  const sure =
    whom && ('personId' in whom.requester || ('card' in whom.requester && whom.label === whom.requester.card))
  return (
    <section className="rp-counter-person" aria-busy={reading}>
      <p className="rp-counter-hint" role="status">
        <IconId size={20} stroke={1.6} aria-hidden />
        {t(reading ? 'counter.reading' : 'counter.hint')}
      </p>
      {sure ? (
        <>
          <Chosen whom={whom} setWhom={setWhom} />
          {'personId' in whom.requester && <Needs personId={whom.requester.personId} />}
        </>
      ) : (
        <PersonField value={whom} onChange={setWhom} error={missing ? t('log.whomMissing') : null} />
      )}
    </section>
  )
}
