import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { Section } from '../../../ui/kit/section.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { people } from '../contract.ts'
import { type Duplicate, mergingPeople } from '../contract-merging.ts'

const stale = [people.get, people.find, mergingPeople.duplicates, mergingPeople.allDuplicates]

/** Merges two records, and says how that is taken back. */
export const useMergePeople = () => {
  const t = useSay()
  const merge = useAct(mergingPeople.mergePeople, { refresh: stale })
  const apart = useAct(mergingPeople.keepApart, { refresh: stale })
  return {
    busy: merge.isPending || apart.isPending,
    merge: (id: number, sourceId: number, name: string) =>
      merge.mutate({ id, sourceId }, { onSuccess: () => told(t('same.merged', { name })) }),
    apart: (id: number, otherId: number) => apart.mutate({ id, otherId }),
  }
}

const Candidate = ({ id, other }: { id: number; other: Duplicate }) => {
  const t = useSay()
  const { merge, apart, busy } = useMergePeople()
  return (
    <li>
      <div className="rp-grow">
        <Link to={`/people/${other.id}`}>{other.name}</Link>{' '}
        <span className="rp-dim rp-small">
          {[other.contact, t(`same.${other.likeness}`)].filter(Boolean).join(' · ')}
        </span>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        disabled={busy}
        aria-label={t('same.apartNamed', { name: other.name })}
        onClick={() => apart(id, other.id)}
      >
        {t('same.apart')}
      </Button>
      <Button
        size="compact-sm"
        disabled={busy}
        aria-label={t('same.mergeNamed', { name: other.name })}
        onClick={() => merge(id, other.id, other.name)}
      >
        {t('same.merge')}
      </Button>
    </li>
  )
}

/** Records that may be the same person, and those that were merged into this one, each with its way back. */
export const Same = ({ id }: { id: number }) => {
  const t = useSay()
  const may = useMay()('person.edit')
  const found = useCall(mergingPeople.duplicates, { id })
  const undo = useAct(mergingPeople.undoMergePeople, { refresh: stale })
  if (!may || !found.data) return null
  const { items, merges } = found.data
  return (
    <>
      {items.length > 0 && (
        <Section title={t('same.title')}>
          <ul className="rp-list">
            {items.map(other => (
              <Candidate key={other.id} id={id} other={other} />
            ))}
          </ul>
        </Section>
      )}
      {merges.length > 0 && (
        <Section title={t('same.mergesTitle')}>
          <ul className="rp-list">
            {merges.map(one => (
              <li key={one.id}>
                <div className="rp-grow">{one.name}</div>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('same.undoNamed', { name: one.name })}
                  onClick={() =>
                    undo.mutate({ id: one.id }, { onSuccess: () => told(t('same.unmerged', { name: one.name })) })
                  }
                >
                  {t('action.undo')}
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
