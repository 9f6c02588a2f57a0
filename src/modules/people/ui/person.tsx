import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, Suspense } from 'react'
import { Navigate, useParams } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { CasesOf } from '../../cases/ui/index.ts'
import { PurchasesOf } from '../../purchases/ui/index.ts'
import { people, type Person as Record } from '../contract.ts'
import { ApproachTimes } from './approach-times.tsx'
import { ApproachWarning } from './approach-warning.tsx'
import { EditPerson } from './edit-person.tsx'
import { Identities } from './identities.tsx'
import { PersonGroups } from './person-groups.tsx'
import { Readers } from './readers.tsx'
import { Same } from './same.tsx'

const Care = ({ person }: { person: Record }) => {
  const t = useSay()
  const facts = (['adjustments', 'needs', 'expectations'] as const).filter(key => person[key].trim() !== '')
  if (facts.length === 0 && !person.vulnerable) return null
  return (
    <Notice tone="care">
      {person.vulnerable && <p style={{ fontWeight: 600 }}>{t('case.vulnerable')}</p>}
      {facts.map(key => (
        <p key={key} style={{ whiteSpace: 'pre-wrap' }}>
          <strong>{t(`person.${key}`)}:</strong> {person[key]}
        </p>
      ))}
    </Notice>
  )
}

const About = ({ person }: { person: Record }) => {
  const t = useSay()
  const facts: [string, ReactNode][] = [
    [t('person.type'), person.typeName],
    [t('person.relationship'), person.relationship && t(`relationship.${person.relationship}`)],
    [t('person.preferred'), person.preferredChannel && t(`channel.${person.preferredChannel}`)],
    [t('person.language'), person.language && sayOr(`language.${person.language}`, person.language)],
    [
      t('person.since'),
      <time key="since" dateTime={person.createdAt}>
        {onDay(person.createdAt)}
      </time>,
    ],
  ]
  return (
    <dl className="rp-facts rp-facts-wide">
      {facts.map(
        ([label, value]: [string, ReactNode]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
      {person.notes.trim() !== '' && (
        <div>
          <dt>{t('person.notes')}</dt>
          <dd style={{ whiteSpace: 'pre-wrap' }}>{person.notes}</dd>
        </div>
      )}
    </dl>
  )
}

const Shown = ({ person }: { person: Record }) => {
  const t = useSay()
  const may = useMay()
  const [editing, edit] = useDisclosure()
  return (
    <div className="rp-page" data-narrow>
      <PageHeader
        title={person.name}
        lead={
          <Label tone={person.internal ? 'info' : 'plain'}>
            {t(person.internal ? 'person.internal' : 'person.external')}
          </Label>
        }
      >
        {may('person.edit') && (
          <Button variant="default" onClick={edit.open}>
            {t('action.edit')}
          </Button>
        )}
      </PageHeader>
      <div className="rp-stack" style={{ gap: 24 }}>
        <Care person={person} />
        <Section title={t('person.contact')}>
          <ApproachWarning person={person} />
          <Identities person={person} />
        </Section>
        <Section title={t('person.about')}>
          <About person={person} />
          <ApproachTimes approach={person.approach} />
        </Section>
        <Section title={t('person.groups')}>
          <PersonGroups person={person} />
        </Section>
        {may('case.read') && (
          <Section title={t('person.cases')}>
            <Suspense fallback={<Loading rows={3} />}>
              <CasesOf personId={person.id} />
            </Suspense>
          </Section>
        )}
        {may('purchase.read') && (
          <Suspense fallback={<Loading rows={3} />}>
            <PurchasesOf personId={person.id} />
          </Suspense>
        )}
        <Same id={person.id} />
        {may('audit.read') && <Readers personId={person.id} />}
      </div>
      {editing && <EditPerson person={person} close={edit.close} />}
    </div>
  )
}

/** Everything about one person on one page. */
export const Person = () => {
  const t = useSay()
  const { id = '' } = useParams()
  const number = /^\d+$/.test(id) ? Number(id) : null
  const person = useCall(people.get, { id: number ?? 0 }, { enabled: number !== null })
  if (number === null) return <NotFound />
  // Somebody who was merged is found under the record that holds them.
  if (person.data && person.data.id !== number) return <Navigate to={`/people/${person.data.id}`} replace />
  if (person.data) return <Shown person={person.data} />
  if (person.error)
    return (
      <>
        <PageHeader title={t('person.unavailable')} hidden />
        <EmptyState title={t('person.unavailable')} text={sentenceOf(person.error)} />
      </>
    )
  return <Loading rows={6} />
}
