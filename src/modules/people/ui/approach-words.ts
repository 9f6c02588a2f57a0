import { type Approach, approachAt } from '../../../shared/approach.ts'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'

type Who = { name: string; approach: readonly Approach[]; preferredChannel: string | null }

const spoken = new Set(['phone', 'face_to_face'])

/** When and how somebody wants to be approached, in words. */
export const useApproach = () => {
  const t = useSay()
  const { zone } = useMe().organisation
  const timeOf = ({ days, from, to }: Approach) => t('approach.time', { days: t(`approach.days.${days}`), from, to })
  const listOf = (approach: readonly Approach[], kind: Approach['kind']) =>
    approach
      .filter(one => one.kind === kind)
      .map(timeOf)
      .join('; ')
  return {
    timeOf,
    listOf,
    /** What is to be minded before a call at a moment; empty where nothing speaks against it. */
    warningsAt: (who: Who, at: Date): string[] => {
      const held = approachAt(who.approach, at, zone)
      const better = listOf(who.approach, 'prefer')
      return [
        ...(held?.kind === 'avoid' ? [t('approach.avoidNow', { name: who.name, time: timeOf(held) })] : []),
        ...(held?.kind !== 'prefer' && better ? [t('approach.better', { times: better })] : []),
        ...(who.preferredChannel && !spoken.has(who.preferredChannel)
          ? [
              t('approach.channel', {
                name: who.name,
                channel: t(`channel.${who.preferredChannel}` as 'channel.email'),
              }),
            ]
          : []),
      ]
    },
  }
}
