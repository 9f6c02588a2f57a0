import { NativeSelect, NumberInput } from '@mantine/core'
import { useCall } from '../../../ui/call.ts'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { type Anchor, anchors, rules, type When } from '../contract-rules.ts'

const units = { minutes: 1, hours: 60, days: 1440 } as const
type Unit = keyof typeof units

/** The largest unit in which an amount of minutes is whole. A day of work is nowhere of one length: it has none. */
export const spanOf = (minutes: number, working = false): { n: number; unit: Unit } => {
  const size = Math.abs(minutes)
  const unit =
    !working && size > 0 && size % units.days === 0
      ? 'days'
      : size > 0 && size % units.hours === 0
        ? 'hours'
        : 'minutes'
  return { n: size / units[unit], unit }
}

/** What a rule waits for, in words: "a case is opened", "3 days after the case waits for us". */
export const useWhenWords = () => {
  const t = useSay()
  return (when: When): string => {
    if ('event' in when) return sayOr(`rules.on.${when.event}`, when.event)
    const { n, unit } = spanOf(when.minutes, when.working)
    const span = t(
      when.working ? `rules.span.working.${unit === 'hours' ? 'hours' : 'minutes'}` : `rules.span.${unit}`,
      { count: n },
    )
    return t(when.minutes < 0 ? 'rules.before' : 'rules.after', { span, moment: t(`rules.anchor.${when.anchor}`) })
  }
}

type Props = { when: When; set: (when: When) => void }

const TimeField = ({ when, set }: { when: Extract<When, { anchor: Anchor }>; set: Props['set'] }) => {
  const t = useSay()
  const { n, unit } = spanOf(when.minutes, when.working)
  const offered = (Object.keys(units) as Unit[]).filter(value => value !== 'days' || !when.working)
  const side = when.minutes < 0 ? -1 : 1
  const give = (count: number, of: Unit, sign: number, anchor: Anchor) =>
    set({ ...when, anchor, minutes: Math.round(count) * units[of] * (anchor === 'dueAt' ? sign : 1) })
  return (
    <>
      <NumberInput
        label={t('rules.howLong')}
        min={1}
        value={n}
        onChange={value => give(Math.max(1, Number(value)), unit, side, when.anchor)}
      />
      <NativeSelect
        label={t('rules.unit')}
        data={offered.map(value => ({ value, label: t(`rules.unit.${value}`) }))}
        value={unit}
        onChange={event => give(n, event.currentTarget.value as Unit, side, when.anchor)}
      />
      {when.anchor === 'dueAt' && (
        <NativeSelect
          label={t('rules.side')}
          data={[
            { value: '-1', label: t('rules.side.before') },
            { value: '1', label: t('rules.side.after') },
          ]}
          value={String(side)}
          onChange={event => give(n, unit, Number(event.currentTarget.value), when.anchor)}
        />
      )}
      <NativeSelect
        label={t('rules.counts')}
        data={[
          { value: '', label: t('rules.counts.clock') },
          { value: 'working', label: t('rules.counts.working') },
        ]}
        value={when.working ? 'working' : ''}
        onChange={event => set({ ...when, working: event.currentTarget.value === 'working' })}
      />
    </>
  )
}

/** What a rule waits for: something that happens, or time that passes. */
export const WhenField = ({ when, set }: Props) => {
  const t = useSay()
  const events = useCall(rules.parts, {}, { staleTime: 5 * 60_000 }).data?.events ?? []
  const value = 'event' in when ? `on ${when.event}` : `at ${when.anchor}`
  const choose = (chosen: string) => {
    const [kind, name = ''] = chosen.split(' ')
    if (kind === 'on') return set({ event: name })
    return set({ anchor: anchors.find(one => one === name) ?? 'openedAt', minutes: 1440, working: false })
  }
  return (
    <div className="rp-columns">
      <NativeSelect
        label={t('rules.when')}
        value={value}
        onChange={event => choose(event.currentTarget.value)}
        data={[
          {
            group: t('rules.happens'),
            items: events.map(event => ({ value: `on ${event}`, label: sayOr(`rules.on.${event}`, event) })),
          },
          {
            group: t('rules.passes'),
            items: anchors.map(one => ({ value: `at ${one}`, label: t(`rules.anchor.${one}`) })),
          },
        ]}
      />
      {'anchor' in when && <TimeField when={when} set={set} />}
    </div>
  )
}
