import './returns.css'
import { Button } from '@mantine/core'
import { IconPackageOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { onDay, TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { type Return, returns } from '../contract.ts'
import { Goods } from './goods.tsx'
import type { Refund } from './kinds.ts'
import { Paying } from './paying.tsx'
import { RefundState, ReturnState } from './state-labels.tsx'

const Facts = ({ of }: { of: Return }) => {
  const t = useSay()
  const may = useMay()
  const { person, channel, madeAt, by, policyVersion, caseId } = of
  const facts: [string, ReactNode][] = [
    [
      t('returns.customer'),
      person && may('person.read') ? (
        <Link key="who" to={`/people/${person.id}`}>
          {person.name}
        </Link>
      ) : (
        (person?.name ?? t('returns.nobody'))
      ),
    ],
    [
      t('returns.saidOn'),
      <span key="when">
        <TimeAgo at={madeAt} /> · {t(`returns.channel.${channel}`)}
      </span>,
    ],
    [t('returns.by'), by.name],
    [
      t('returns.policyOf'),
      policyVersion === null ? t('returns.policyNone') : t('returns.policyVersion', { version: policyVersion }),
    ],
    [
      t('returns.goesOn'),
      <Link key="case" to={`/cases/${caseId}`}>
        {t('returns.case', { id: caseId })}
      </Link>,
    ],
  ]
  return (
    <dl className="rp-facts rp-facts-wide">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const RefundLine = ({ of, refund }: { of: Return; refund: Refund }) => {
  const t = useSay()
  const may = useMay()
  const { tender, amountMinor, state, payBy, doneAt, reference } = refund
  return (
    <li>
      <span className="rp-grow">
        <strong className="rp-number">{money(amountMinor, of.currency)}</strong> {t(`purchases.tender.${tender}`)}
        <span className="rp-dim rp-small rp-return-about">
          {[
            state === 'done' && doneAt
              ? onDay(doneAt)
              : state === 'to_pay' && payBy && t('returns.byDay', { day: onDay(payBy) }),
            reference,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <RefundState state={state} />
      {may('return.pay') && (
        <Paying refund={refund} currency={of.currency} name={of.person?.name ?? t('returns.nobody')} />
      )}
    </li>
  )
}

const Shown = ({ of }: { of: Return }) => {
  const t = useSay()
  return (
    <>
      <Facts of={of} />
      <div className="rp-return-parts">
        <Section title={t('returns.lines')}>
          <Goods of={of} />
        </Section>
        <Section title={t('returns.money')}>
          {of.refunds.length === 0 ? (
            <p className="rp-dim">{t('returns.moneyNone')}</p>
          ) : (
            <ul className="rp-list">
              {of.refunds.map(refund => (
                <RefundLine key={refund.id} of={of} refund={refund} />
              ))}
            </ul>
          )}
        </Section>
      </div>
    </>
  )
}

const titleOf = ({ lines }: Return): string =>
  lines.length > 1 ? `${lines[0]?.name} + ${lines.length - 1}` : (lines[0]?.name ?? '')

/** One return: why it was so decided, where the goods are, and where the money is. */
export const ReturnPage = () => {
  const t = useSay()
  const id = Number(useParams().id)
  const known = Number.isSafeInteger(id) && id > 0
  const { data, error } = useCall(returns.get, { id }, { enabled: known, staleTime: 0 })
  if (!known || error?.status === 404) return <NotFound />
  return (
    <div className="rp-page" data-narrow>
      <PageHeader
        title={data ? titleOf(data) : t('returns.numbered', { id })}
        lead={data && t('returns.numbered', { id })}
      >
        {data && <ReturnState state={data.state} />}
      </PageHeader>
      {data && <Shown of={data} />}
      {!data && error && (
        <EmptyState
          icon={<IconPackageOff size={34} stroke={1.2} />}
          title={t('returns.unavailable')}
          text={sentenceOf(error)}
        >
          <Button component={Link} to="/returns" variant="default">
            {t('returns.all')}
          </Button>
        </EmptyState>
      )}
      {!data && !error && <Loading rows={5} />}
    </div>
  )
}
