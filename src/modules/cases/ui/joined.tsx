import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { StatusBadge } from '../../../ui/kit/badges.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { type Joined as Joins, joining, type Other } from '../contract-joining.ts'
import { caseAnswers } from './joining.ts'

const Line = ({ how, other, away, undo }: { how: string; other: Other; away?: boolean; undo?: ReactNode }) => (
  <li className="rp-joined-line">
    <span className="rp-dim rp-small">{how}</span>
    {away ? (
      <span className="rp-truncate">
        #{other.number} {other.subject}
      </span>
    ) : (
      <Link to={`/cases/${other.id}`} className="rp-truncate">
        #{other.number} {other.subject}
      </Link>
    )}
    <span className="rp-dim rp-small">
      {other.requester} {!away && <StatusBadge status={other.status} />}
    </span>
    {undo}
  </li>
)

const Back = ({ label, run, icon }: { label: string; run: () => void; icon: ReactNode }) => (
  <Tooltip label={label}>
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={run} className="rp-joined-back">
      {icon}
    </ActionIcon>
  </Tooltip>
)

const Merges = ({ joins, may }: { joins: Joins; may: boolean }) => {
  const t = useSay()
  const undo = useAct(joining.undoMerge, {
    refresh: caseAnswers,
    done: ({ id }) => told(t('merge.undone', { number: id })),
  })
  return joins.merges.map(({ id, source }) => (
    <Line
      key={`m${id}`}
      how={t('joined.mergedIn')}
      other={source}
      away
      undo={
        may && (
          <Back
            label={t('joined.undoMerge', { number: source.number })}
            run={() => undo.mutate({ id })}
            icon={<IconArrowBackUp size={15} />}
          />
        )
      }
    />
  ))
}

const Splits = ({ joins, may }: { joins: Joins; may: boolean }) => {
  const t = useSay()
  const undo = useAct(joining.undoSplit, { refresh: caseAnswers, done: () => told(t('split.undone')) })
  return joins.splits.map(({ id, part, other }) => (
    <Line
      key={`s${id}`}
      how={t(part === 'from' ? 'joined.splitFrom' : 'joined.splitInto')}
      other={other}
      undo={
        may && (
          <Back
            label={t('joined.undoSplit', { number: other.number })}
            run={() => undo.mutate({ id })}
            icon={<IconArrowBackUp size={15} />}
          />
        )
      }
    />
  ))
}

const Links = ({ joins, may }: { joins: Joins; may: boolean }) => {
  const t = useSay()
  const unlink = useAct(joining.unlink, { refresh: caseAnswers, done: () => told(t('link.removed')) })
  return joins.links.map(({ id, kind, outward, other }) => (
    <Line
      key={`l${id}`}
      how={t(`link.${outward ? 'out' : 'in'}.${kind}`)}
      other={other}
      undo={
        may && (
          <Back
            label={t('joined.unlink', { number: other.number })}
            run={() => unlink.mutate({ id })}
            icon={<IconX size={15} />}
          />
        )
      }
    />
  ))
}

/** What this case was merged with, split from and linked to, each with its way back. */
export const Joined = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const joins = useCall(joining.joined, { id: kase.id }).data
  if (!joins || joins.merges.length + joins.splits.length + joins.links.length + joins.hidden === 0) return null
  const may = { merge: kase.can.includes('merge'), change: kase.can.includes('change') }
  return (
    <section className="rp-joined">
      <h3>{t('joined.title')}</h3>
      <ul>
        <Merges joins={joins} may={may.merge} />
        <Splits joins={joins} may={may.merge} />
        <Links joins={joins} may={may.change} />
      </ul>
      {joins.hidden > 0 && <p className="rp-dim rp-small">{t('joined.hidden', { count: joins.hidden })}</p>}
    </section>
  )
}
