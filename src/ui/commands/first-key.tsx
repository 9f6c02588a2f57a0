import { useSay } from '../language/index.ts'
import { useMe } from '../me.ts'
import { keyOf } from './keys.ts'
import { useAvailable } from './running.ts'
import { commands } from './table.ts'

/** After the first of two keys: what the second may be. */
export const FirstKey = ({ first }: { first: string | null }) => {
  const t = useSay()
  const { keys } = useMe().preferences
  const available = useAvailable()
  if (!first) return null
  const seconds = available.flatMap(name => {
    const [one, two] = keyOf(name, keys).split(' ')
    return one === first && two ? [{ name, two }] : []
  })
  return (
    <div className="rp-first-key" role="status">
      <kbd className="rp-kbd">{first}</kbd>
      {seconds.map(({ name, two }) => (
        <span key={name}>
          <kbd className="rp-kbd">{two}</kbd> {t(commands[name].label)}
        </span>
      ))}
    </div>
  )
}
