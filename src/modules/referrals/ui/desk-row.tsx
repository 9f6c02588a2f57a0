import { money } from '../../../shared/money.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Referral } from '../contract.ts'
import { stateTones } from './case-referrals.tsx'

/** What a referral is about, in a few words: the act and how much, or why somebody asks. */
export const useWhat = (): ((referral: Referral) => string) => {
  const t = useSay()
  return ({ form, reason }) => {
    if (!form) return t(`reason.${reason}`)
    const act = t(`act.${form.act}`)
    return form.act === 'closing_complaint' ? act : `${act} ${money(form.amount, form.currency)}`
  }
}

type Props = { referral: Referral; chosen: boolean; choose: () => void }

/** One referral of the desk: what is asked, of whom, for whom, and since when. */
export const DeskRow = ({ referral, chosen, choose }: Props) => {
  const t = useSay()
  const what = useWhat()
  const { state, madeBy, to, form } = referral
  return (
    <li>
      <button type="button" className="rp-desk-row" aria-current={chosen} onClick={choose}>
        <span className="rp-desk-row-top">
          <strong>{what(referral)}</strong>
          <span className="rp-dim rp-small">
            <TimeAgo at={referral.madeAt} />
          </span>
        </span>
        <span className="rp-truncate" style={{ display: 'block' }}>
          {form?.reason ?? referral.question}
        </span>
        <span className="rp-dim rp-small rp-truncate" style={{ display: 'block' }}>
          #{referral.case.id} {referral.case.requester.name} · {t('desk.of', { name: madeBy.name })}
          {to && ` → ${to.name}`}
        </span>
        {(state !== 'open' || form?.exception) && (
          <span className="rp-actions" style={{ marginTop: 4 }}>
            {state !== 'open' && <Label tone={stateTones[state]}>{t(`referral.state.${state}`)}</Label>}
            {form?.exception && <Label tone="note">{t('desk.exception')}</Label>}
          </span>
        )}
      </button>
    </li>
  )
}
