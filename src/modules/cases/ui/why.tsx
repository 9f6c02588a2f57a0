import type { Saying } from '../../../shared/phrase.ts'
import { useMinute } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { CaseLine } from '../contract.ts'
import { urgencySentence } from '../urgency.ts'

/** Why the case stands where it does, as of this minute. */
export const usePlace = ({ urgency }: CaseLine) => urgencySentence(urgency, new Date(useMinute()), useSay() as Saying)

/** The reason for the place of a case, in a sentence and in minutes. */
export const Why = ({ line }: { line: CaseLine }) => {
  const t = useSay()
  return (
    <div className="rp-why" role="status">
      <p>{usePlace(line)}</p>
      {line.urgency.parts.length > 0 && (
        <ul>
          {line.urgency.parts.map(part => (
            <li key={part.key}>
              <span>{t(`urgency.${part.key}`)}</span>
              <span className="rp-number">
                {t('queue.minutes', {
                  n: part.minutes > 0 ? `+${Math.round(part.minutes)}` : String(Math.round(part.minutes)),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
