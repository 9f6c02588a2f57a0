import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { OutgoingMail, ReceivedMail } from '../contract.ts'

const tones: Record<ReceivedMail['state'] | OutgoingMail['state'], Tone> = {
  stored: 'info',
  done: 'good',
  quarantined: 'note',
  discarded: 'plain',
  waiting: 'info',
  sent: 'good',
  kept: 'note',
  failed: 'bad',
  bounced: 'bad',
  cancelled: 'plain',
}

type Props = {
  mail: { id: number; subject: string | null; state: keyof typeof tones; caseId: number | null }
  /** Where its original can be downloaded. */
  source: string
  /** Who and what it was about, before the time. */
  about: string
  at: string
  problem: string | null
  /** What one can do with it. */
  children?: ReactNode
}

/** One mail in the mail log, received or sent. */
export const MailLine = ({ mail, source, about, at, problem, children }: Props) => {
  const t = useSay()
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <div className="rp-grow" style={{ minWidth: 220 }}>
        <div className="rp-truncate" style={{ fontWeight: 550 }}>
          {mail.subject || t('mail.noSubject')}
        </div>
        <div className="rp-dim rp-small">
          {about} · <TimeAgo at={at} /> ·{' '}
          <a href={source} download>
            {t('mail.original')}
          </a>
        </div>
        {problem && <div className="rp-small">{problem}</div>}
      </div>
      {mail.caseId !== null && <Link to={`/cases/${mail.caseId}`}>{t('mail.case', { id: mail.caseId })}</Link>}
      <Label tone={tones[mail.state]}>{t(`mailState.${mail.state}`)}</Label>
      {children}
    </li>
  )
}
