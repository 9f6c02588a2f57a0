import type { Approach } from '../../../shared/approach.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { useMinute } from '../../../ui/kit/time-ago.tsx'
import { useApproach } from './approach-words.ts'

type Props = {
  person: { name: string; approach: readonly Approach[]; preferredChannel: string | null }
  /** When they are to be called; now, where nothing is said. */
  at?: Date | null
}

/** Said before a call, in words; it never stands in the way. */
export const ApproachWarning = ({ person, at }: Props) => {
  const now = useMinute()
  const said = useApproach().warningsAt(person, at ?? new Date(now))
  if (said.length === 0) return null
  return (
    <Notice tone="note">
      {said.map(sentence => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  )
}
