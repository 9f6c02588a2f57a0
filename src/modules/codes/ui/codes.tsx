import { Button, NativeSelect, Switch } from '@mantine/core'
import { IconAlertTriangle, IconScale } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct, usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { codes } from '../contract.ts'
import { type CodeLine, levels } from '../contract-shapes.ts'

const Line = ({ one, writes }: { one: CodeLine; writes: boolean }) => {
  const t = useSay()
  return (
    <li>
      <div className="rp-grow">
        <Link to={`/codes/${one.id}`}>
          <strong>{one.name}</strong>
        </Link>{' '}
        {one.toReadBy && <Label tone="note">{t('codes.toReadBy', { day: one.toReadBy })}</Label>}
        {one.publishedNumber === null ? (
          <Label tone="plain">{t('codes.draft')}</Label>
        ) : (
          writes && one.changed && <Label tone="note">{t('codes.changed')}</Label>
        )}
        <div className="rp-dim rp-small">
          {t(`codes.level.${one.level}`)} · {t('codes.clauses', { count: one.clauses })}
          {one.publishedNumber !== null && <> · {t('codes.version', { number: one.publishedNumber })}</>}
          {one.asked > 0 && <> · {t('codes.readOf', { read: one.read, asked: one.asked })}</>}
          {writes && one.findings > 0 && (
            <>
              {' · '}
              <IconAlertTriangle size={13} stroke={1.8} aria-hidden /> {t('codes.findings', { count: one.findings })}
            </>
          )}
        </div>
      </div>
    </li>
  )
}

const Starters = () => {
  const t = useSay()
  const act = useAct(codes.addStarters, {
    refresh: [codes.codes],
    done: ({ added }) => told(t('codes.startersAdded', { count: added })),
  })
  return (
    <Button variant="default" loading={act.isPending} onClick={() => act.mutate({})}>
      {t('codes.starters')}
    </Button>
  )
}

/** What we hold ourselves to. */
export const Codes = () => {
  const t = useSay()
  const may = useMay()('knowledge.edit')
  const [level, setLevel] = useState('')
  const [toRead, setToRead] = useState(false)
  const list = usePages(codes.codes, {
    ...(level ? { level: level as CodeLine['level'] } : {}),
    ...(toRead ? { toRead: 'true' as const } : {}),
  })
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('codes.title')} lead={t('codes.lead')}>
        {may && (
          <>
            <Starters />
            <Button component={Link} to="/codes/new">
              {t('codes.add')}
            </Button>
          </>
        )}
      </PageHeader>
      <div className="rp-columns" style={{ marginBottom: 14, alignItems: 'end' }}>
        <NativeSelect
          label={t('codes.level')}
          data={[
            { value: '', label: t('codes.everyLevel') },
            ...levels.map(value => ({ value, label: t(`codes.level.${value}`) })),
          ]}
          value={level}
          onChange={event => setLevel(event.currentTarget.value)}
        />
        <Switch
          label={t('codes.onlyToRead')}
          checked={toRead}
          onChange={event => setToRead(event.currentTarget.checked)}
        />
      </div>
      <RecordList
        of={{ ...list, items: list.isPending ? undefined : list.items }}
        height={52}
        none={
          <EmptyState
            icon={<IconScale size={34} stroke={1.2} />}
            title={t(toRead ? 'codes.nothingToRead' : 'codes.none')}
            text={t('codes.noneText')}
          />
        }
      >
        {one => <Line key={one.id} one={one} writes={may} />}
      </RecordList>
    </div>
  )
}
