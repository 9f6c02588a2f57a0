import { NativeSelect } from '@mantine/core'
import { money } from '../../../shared/money.ts'
import { useSay } from '../../../ui/language/index.ts'
import { type Assessment, type Option, outcomes } from '../contract.ts'
import { AmountField } from './amount-field.tsx'
import { onPlainDay } from './days.ts'
import { amountFor, amountOf, type Choice, exceptionKey, isMoney, keyOfOption, optionOf } from './deciding.ts'
import { ExceptionTile, OptionTile } from './option-tile.tsx'
import { NotGiven, Right } from './right.tsx'

type Props = {
  assessment: Assessment
  choice: Choice | null
  choose: (choice: Choice) => void
  /** Of several things each says its name. */
  named: boolean
  /** Prices are not shown to whoever brings a gift receipt. */
  silent: boolean
  /** Somebody wanted to settle, and something is missing. */
  asked: boolean
}

/** The most that can be given in minor units; nothing where nobody knows what it cost. */
const mostOf = (assessment: Assessment, choice: Choice): number | null =>
  assessment.paidMinor === null ? null : (optionOf(assessment, choice)?.amountMinor ?? assessment.paidMinor)

/** What is wrong with the amount that somebody said, if anything is. */
export const amountProblem = (assessment: Assessment, choice: Choice): 'missing' | 'tooMuch' | null => {
  const amount = amountOf(assessment, choice)
  const most = mostOf(assessment, choice)
  if (isMoney(choice.outcome) && (amount === null || amount === 0)) return most === 0 ? null : 'missing'
  return most !== null && amount !== null && amount > most ? 'tooMuch' : null
}

const Amount = ({ assessment, choice, choose, asked, silent }: Omit<Props, 'named'> & { choice: Choice }) => {
  const t = useSay()
  const { currency } = assessment
  const most = mostOf(assessment, choice)
  const wrong = amountProblem(assessment, choice)
  const shown = most !== null && !silent ? money(most, currency) : null
  const error =
    wrong === 'tooMuch' && shown
      ? t('returns.atMost', { amount: shown })
      : wrong && asked
        ? t('returns.sayHowMuch')
        : null
  return (
    <AmountField
      label={t('returns.amount')}
      description={shown ? t('returns.atMost', { amount: shown }) : t('returns.worth')}
      currency={currency}
      value={choice.amount}
      set={amount => choose({ ...choice, amount })}
      error={error}
      maw={200}
      data-amount
    />
  )
}

const useTiles = ({ assessment, choice, choose, silent }: Props) => {
  const all = [...new Map(assessment.options.map(option => [keyOfOption(option), option])).values()]
  // Numbers go as the tiles stand: by right, then what the house offers.
  const ordered = [
    ...assessment.rights.flatMap(right => all.filter(one => one.basis === 'law' && one.rule === right.rule)),
    ...all.filter(one => one.basis === 'house'),
  ]
  const unknown = assessment.paidMinor === null
  return (which: (option: Option) => boolean) => (
    <div className="rp-tiles rp-return-tiles">
      {ordered.filter(which).map(option => (
        <OptionTile
          key={keyOfOption(option)}
          option={option}
          on={choice?.key === keyOfOption(option)}
          press={() => choose({ key: keyOfOption(option), outcome: option.outcome, amount: '' })}
          currency={assessment.currency}
          silent={silent || unknown}
          n={ordered.indexOf(option) + 1}
        />
      ))}
    </div>
  )
}

const ByLaw = ({ assessment, tiles }: { assessment: Assessment; tiles: ReturnType<typeof useTiles> }) => {
  const t = useSay()
  const rights = assessment.rights.filter(right => !right.ended)
  return (
    <section className="rp-return-basis">
      <h3>{t('returns.byLaw')}</h3>
      {rights.length === 0 && <p className="rp-dim">{t(assessment.law ? 'returns.noRight' : 'returns.noLaw')}</p>}
      {rights.map(right => (
        <Right key={right.rule} right={right}>
          {assessment.options.some(one => one.rule === right.rule && one.basis === 'law') &&
            tiles(one => one.basis === 'law' && one.rule === right.rule)}
        </Right>
      ))}
    </section>
  )
}

const ByHouse = ({ assessment, tiles }: { assessment: Assessment; tiles: ReturnType<typeof useTiles> }) => {
  const t = useSay()
  const { house } = assessment
  if (!house) return null
  return (
    <section className="rp-return-basis">
      <h3>{t('returns.byHouse')}</h3>
      <p className="rp-return-right-title">
        <strong>{house.name}</strong>
        {house.lastDay && (
          <span className="rp-dim rp-small">{t('returns.until', { day: onPlainDay(house.lastDay) })}</span>
        )}
      </p>
      {tiles(one => one.basis === 'house')}
      <p className="rp-dim rp-small">{house.clause}</p>
    </section>
  )
}

const Exception = ({ choice, choose }: Pick<Props, 'choice' | 'choose'>) => {
  const t = useSay()
  const on = choice?.key === exceptionKey
  return (
    <section className="rp-return-basis">
      <div className="rp-tiles rp-return-tiles">
        <ExceptionTile on={on} press={() => choose({ key: exceptionKey, outcome: 'refund', amount: '' })} />
      </div>
      {on && choice && (
        <NativeSelect
          label={t('returns.whatInstead')}
          data={outcomes.map(value => ({ value, label: t(`returns.outcome.${value}`) }))}
          value={choice.outcome}
          maw={260}
          onChange={event => {
            const outcome = outcomes.find(one => one === event.currentTarget.value)
            if (outcome) choose({ ...choice, outcome, amount: '' })
          }}
        />
      )}
    </section>
  )
}

/** What can be done with one thing: what the customer is entitled to, what the house offers, what not and why. */
export const Decide = (props: Props) => {
  const t = useSay()
  const { assessment, choice, choose, named } = props
  const tiles = useTiles(props)
  return (
    <article
      className="rp-return-decide"
      data-group="options"
      aria-label={t('returns.decide', { name: assessment.name })}
    >
      {named && (
        <h2 className="rp-return-head">
          {assessment.quantity > 1 && `${assessment.quantity} × `}
          {assessment.name}
        </h2>
      )}
      <ByLaw assessment={assessment} tiles={tiles} />
      <ByHouse assessment={assessment} tiles={tiles} />
      <Exception choice={choice} choose={choose} />
      {choice && amountFor(assessment, choice) !== 'fixed' && <Amount {...props} choice={choice} />}
      <NotGiven assessment={assessment} />
    </article>
  )
}
