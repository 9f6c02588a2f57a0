import { Button } from '@mantine/core'
import type { Problem } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { Pick } from '../../../ui/kit/pick.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { useMentions } from './composing.ts'
import type { Check, useMet } from './met.ts'

type AboveProps = {
  cautions: string[]
  problem: Problem | null
  others: { name: string; kind: 'reply' | 'note' }[]
  catchUp: (() => void) | null
}

/** Things to know before sending, above the text. */
export const Above = ({ cautions, problem, others, catchUp }: AboveProps) => {
  const t = useSay()
  return (
    <>
      <ProblemNote problem={problem} />
      {others.map(other => (
        <p key={other.name + other.kind} className="rp-drafting">
          {t(other.kind === 'reply' ? 'composer.othersReply' : 'composer.othersNote', { name: other.name })}
        </p>
      ))}
      {catchUp && (
        <Notice tone="note">
          {t('composer.behind')}{' '}
          <Button size="compact-xs" variant="default" onClick={catchUp}>
            {t('composer.caughtUp')}
          </Button>
        </Notice>
      )}
      {cautions.length > 0 && (
        <Notice tone="note" alert>
          {cautions.map(caution => (
            <p key={caution}>{caution}</p>
          ))}
          <p>{t('caution.again')}</p>
        </Notice>
      )}
    </>
  )
}

/** Colleagues who can be named, and those who are. */
export const Mentions = ({
  mentions,
  write,
}: {
  mentions: ReturnType<typeof useMentions>
  write: (text: string) => void
}) => {
  const t = useSay()
  if (mentions.offered.length === 0 && mentions.named.length === 0) return null
  return (
    <div className="rp-actions rp-mentions">
      {mentions.offered.map(member => (
        <Button
          key={member.id}
          size="compact-xs"
          variant="default"
          onClick={() => write(mentions.complete(member.name))}
        >
          @{member.name}
        </Button>
      ))}
      {mentions.named.length > 0 && (
        <span className="rp-small">
          {t('composer.willBeTold', { names: mentions.named.map(member => member.name).join(', ') })}
        </span>
      )}
    </div>
  )
}

/** A reply that solves also says whether the need was met, or has the customer asked. */
export const Met = ({ met }: { met: ReturnType<typeof useMet> }) => {
  const t = useSay()
  return (
    <p className="rp-composer-whom rp-composer-met">
      <span>{t('composer.met')}</span>{' '}
      <Pick
        label={t('composer.met')}
        value={met.check}
        choices={met.choices}
        onPick={value => met.setCheck(value as Check)}
      />
    </p>
  )
}
