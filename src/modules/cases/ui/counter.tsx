import './counter.css'
import { Button, Switch, Textarea } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { KindIcon } from '../../../ui/kit/badges.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Tile } from '../../../ui/kit/tile.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { AtCounter } from '../../demand/ui/index.ts'
import { CounterTime } from '../../diary/ui/index.ts'
import { caseKinds } from '../contract.ts'
import { useTopicChoices } from './choices.tsx'
import { CounterPerson, useCards } from './counter-person.tsx'
import { useLogging } from './logging.ts'
import { useToldSaved } from './quick-log.tsx'

type Log = ReturnType<typeof useLogging>

const Tiles = ({ log }: { log: Log }) => {
  const t = useSay()
  const topics = useTopicChoices()
  return (
    <>
      <fieldset className="rp-tiles">
        <legend>{t('field.kind')}</legend>
        {caseKinds.map(kind => (
          <Tile
            key={kind}
            on={log.kind === kind}
            press={() => log.setKind(kind)}
            icon={<KindIcon kind={kind} size={22} />}
          >
            {t(`kind.${kind}`)}
          </Tile>
        ))}
      </fieldset>
      {topics.length > 0 && (
        <fieldset className="rp-tiles">
          <legend>{t('field.topic')}</legend>
          {topics.map(({ value, label }) => (
            <Tile key={value} on={log.topic === value} press={() => log.setTopic(log.topic === value ? null : value)}>
              {label}
            </Tile>
          ))}
        </fieldset>
      )}
    </>
  )
}

/** The log for whoever stands at a counter all day: large, for fingers and a barcode reader, with nothing else on screen. */
export const Counter = () => {
  const t = useSay()
  const [round, setRound] = useState(0)
  const say = useToldSaved()
  const log = useLogging('face_to_face', undefined, made => {
    say(made)
    setRound(before => before + 1)
  })
  const reading = useCards(log.setWhom)
  return (
    <form
      className="rp-counter"
      onSubmit={event => {
        event.preventDefault()
        log.submit()
      }}
    >
      <header className="rp-counter-top">
        <h1>{t('counter.title')}</h1>
        <Button
          component={Link}
          to="/queue"
          size="lg"
          variant="subtle"
          color="gray"
          className="rp-counter-leave"
          leftSection={<IconX size={20} />}
        >
          {t('counter.leave')}
        </Button>
      </header>
      <div className="rp-counter-body">
        <div className="rp-counter-left">
          <ProblemNote problem={log.problem} />
          <CounterPerson whom={log.whom} setWhom={log.setWhom} reading={reading} missing={log.missing === 'whom'} />
          <Textarea
            size="lg"
            label={t('log.text')}
            value={log.text}
            onChange={event => log.setText(event.currentTarget.value)}
            autosize
            minRows={4}
            maxRows={9}
            error={log.missing === 'text' ? t('log.textMissing') : null}
          />
          <Suspense fallback={null}>
            <AtCounter key={`asked ${round}`} asked={log.asked} set={log.setAsked} />
          </Suspense>
          <Suspense fallback={null}>
            <CounterTime key={`time ${round}`} chosen={log.time} choose={log.setTime} />
          </Suspense>
        </div>
        <div className="rp-counter-right">
          <Tiles log={log} />
        </div>
      </div>
      <footer className="rp-counter-foot">
        <Switch
          size="lg"
          label={t('log.solved')}
          checked={log.solved}
          onChange={event => log.setSolved(event.currentTarget.checked)}
        />
        <Button type="submit" size="xl" loading={log.busy} className="rp-counter-done">
          {t('counter.done')}
        </Button>
      </footer>
    </form>
  )
}
