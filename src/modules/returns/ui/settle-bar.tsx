import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { money } from '../../../shared/money.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { tenders } from '../../purchases/contract.ts'
import type { Outcome } from '../contract.ts'
import { EnterHint, Hint } from './hint.tsx'
import type { Settling } from './settling.ts'

type Props = { settling: Settling; current: boolean; currency: string; silent: boolean }

const Refused = ({ problem }: { problem: NonNullable<Settling['problem']> }) => (
  <Notice tone="bad" alert>
    {problem.status === 422 && problem.errors.length > 0 ? (
      problem.errors.map(({ field, message }) => <p key={field + message}>{message}</p>)
    ) : (
      <p>{sentenceOf(problem)}</p>
    )}
  </Notice>
)

/** Words for the case, the way the money goes, and why it departs from the rules: only what is still to be said. */
export const SettleFields = ({ settling }: { settling: Settling }) => {
  const t = useSay()
  const { exception, tender, words, asked } = settling
  return (
    <div className="rp-stack">
      {exception.on && (
        <Textarea
          label={t('returns.exceptionReason')}
          description={t('returns.exceptionReasonText')}
          autosize
          minRows={2}
          maxLength={2000}
          value={exception.reason}
          onChange={event => exception.set(event.currentTarget.value)}
          error={asked && exception.reason.trim() === '' ? t('returns.exceptionMissing') : null}
        />
      )}
      {tender.on && (
        <NativeSelect
          label={t('returns.tender')}
          description={t('returns.tenderText')}
          data={tenders.map(value => ({ value, label: t(`purchases.tender.${value}`) }))}
          value={tender.value}
          maw={260}
          onChange={event => {
            const chosen = tenders.find(one => one === event.currentTarget.value)
            if (chosen) tender.set(chosen)
          }}
        />
      )}
      <TextInput
        label={t('returns.words')}
        value={words.value}
        maxLength={2000}
        onChange={event => words.set(event.currentTarget.value)}
      />
    </div>
  )
}

const useAct = ({ choices, total }: Settling, currency: string, silent: boolean): string => {
  const t = useSay()
  const kinds = new Set(choices.flatMap(choice => choice?.outcome ?? []))
  const [only] = kinds
  const what = kinds.size === 1 && only ? t(`returns.outcome.${only satisfies Outcome}`) : t('returns.settle')
  return total > 0 && !silent ? `${what} ${money(total, currency)}` : what
}

/** What is about to be done, and the key that does it. */
export const SettleBar = ({ settling, current, currency, silent }: Props) => {
  const t = useSay()
  const act = useAct(settling, currency, silent)
  const { here, ready, busy, problem } = settling
  return (
    <div className="rp-return-bar">
      {problem && <Refused problem={problem} />}
      <div className="rp-return-bar-row">
        <Switch
          label={
            <span className="rp-return-here">
              {t('returns.here')} <Hint of="h" />
            </span>
          }
          checked={here.on}
          onChange={event => here.set(event.currentTarget.checked)}
        />
        <Button type="submit" size="md" loading={busy} disabled={!ready || !current} rightSection={<EnterHint />}>
          {act}
        </Button>
      </div>
    </div>
  )
}
