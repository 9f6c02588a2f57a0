import './telephone.css'
import { Button, Modal } from '@mantine/core'
import { IconPhone, IconPhoneIncoming } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { StatusBadge } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { QuickLog } from '../../cases/ui/index.ts'
import { type Call, telephone } from '../contract.ts'

const Who = ({ call }: { call: Call }) => {
  const t = useSay()
  const { person } = call
  const number = call.caller ?? t('call.withheld')
  if (!person)
    return (
      <>
        <p className="rp-call-name">{number}</p>
        {call.alsoWith.length === 0 && <p className="rp-dim rp-small">{t('call.unknown')}</p>}
      </>
    )
  return (
    <>
      <p className="rp-call-name">
        <Link to={`/people/${person.id}`}>{person.name}</Link>
      </p>
      <p className="rp-dim rp-small">{[person.typeName, number].filter(Boolean).join(' · ')}</p>
      {person.vulnerable && <p className="rp-call-care">{t('case.vulnerable')}</p>}
    </>
  )
}

const Cases = ({ call }: { call: Call }) => {
  const t = useSay()
  if (!call.person) return null
  if (call.openCases.length === 0) return <p className="rp-dim rp-small">{t('call.noCases')}</p>
  return (
    <ul className="rp-call-cases" aria-label={t('call.openCases')}>
      {call.openCases.map(kase => (
        <li key={kase.id}>
          <Link to={`/cases/${kase.id}`} className="rp-truncate">
            {kase.subject}
          </Link>
          <StatusBadge status={kase.status} />
        </li>
      ))}
    </ul>
  )
}

type Person = NonNullable<Call['person']>
type Log = (person?: Person) => void

/** A number that several share: who of them it is, only the caller can say. */
const Sharing = ({ call, log }: { call: Call; log: Log }) => {
  const t = useSay()
  if (call.alsoWith.length === 0) return null
  return (
    <div className="rp-call-shared">
      <p className="rp-dim rp-small">{t(call.person ? 'call.alsoWith' : 'call.shared')}</p>
      <ul className="rp-call-cases">
        {call.alsoWith.map(other => (
          <li key={other.id}>
            <Link to={`/people/${other.id}`} className="rp-truncate">
              {other.name}
            </Link>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('call.logFor', { name: other.name })}
              onClick={() => log({ ...other, typeName: null, vulnerable: false })}
            >
              {t('call.logThem')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Card = ({ call, log }: { call: Call; log: Log }) => {
  const t = useSay()
  const dismiss = useAct(telephone.dismiss, { refresh: [telephone.current] })
  const Icon = call.state === 'ringing' ? IconPhoneIncoming : IconPhone
  return (
    <article className="rp-call" data-state={call.state} aria-label={t(`call.${call.state}`)}>
      <p className="rp-call-state">
        <Icon size={16} stroke={1.8} aria-hidden />
        <span className="rp-grow">{t(call.mine && call.state === 'ringing' ? 'call.mine' : `call.${call.state}`)}</span>
        <span className="rp-dim rp-small">
          <TimeAgo at={call.startedAt} />
        </span>
      </p>
      <Who call={call} />
      <Cases call={call} />
      <Sharing call={call} log={log} />
      <div className="rp-actions">
        <Button size="compact-md" onClick={() => log()}>
          {t('call.log')}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => dismiss.mutate({ id: call.id })}>
          {t('call.dismiss')}
        </Button>
      </div>
    </article>
  )
}

const whomOf = (call: Call) =>
  call.person
    ? { label: call.person.name, requester: { personId: call.person.id } }
    : // Of a number that several share nobody new is made: who it is, is chosen.
      call.caller && call.alsoWith.length === 0
      ? { label: call.caller, requester: { phone: call.caller } }
      : null

/** Who rings, with what is open, over whatever one is doing; it takes no focus, so nothing that is typed is lost. */
export const CallCards = ({ calls }: { calls: Call[] }) => {
  const t = useSay()
  const [logging, setLogging] = useState<Call | null>(null)
  const logged = useAct(telephone.logged, { refresh: [telephone.current], quiet: true })
  return (
    <>
      <section className="rp-calls" aria-label={t('call.region')} aria-live="polite">
        {calls
          .filter(call => call.id !== logging?.id)
          .map(call => (
            <Card key={call.id} call={call} log={person => setLogging(person ? { ...call, person } : call)} />
          ))}
      </section>
      {logging && (
        <Modal
          opened
          onClose={() => setLogging(null)}
          size="lg"
          title={t('call.log')}
          closeButtonProps={{ 'aria-label': t('action.close') }}
          closeOnClickOutside={false}
        >
          <Suspense fallback={<Loading rows={4} />}>
            <QuickLog
              whom={whomOf(logging)}
              channel="phone"
              saved={caseId => {
                logged.mutate({ id: logging.id, caseId })
                setLogging(null)
              }}
            />
          </Suspense>
        </Modal>
      )}
    </>
  )
}
