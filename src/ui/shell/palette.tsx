import '@mantine/spotlight/styles.css'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconArrowRight, IconSearch, IconUser } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { cases } from '../../modules/cases/contract.ts'
import { useCall } from '../call.ts'
import { StatusBadge } from '../kit/badges.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { useSay } from '../language/index.ts'
import { useCommands } from './commands.ts'

const Results = ({ query }: { query: string }) => {
  const t = useSay()
  const go = useNavigate()
  const [q] = useDebouncedValue(query.trim(), 150)
  const found = useCall(cases.search, { q, limit: 12 }, { enabled: q.length > 0, placeholderData: keepPreviousData })
  if (q.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={t('search.results')}>
      {found.data?.items.map(item => (
        <Spotlight.Action
          key={`${item.type}${item.id}`}
          onClick={() => void go(item.type === 'case' ? `/cases/${item.id}` : `/people/${item.id}`)}
        >
          <span className="rp-result">
            {item.type === 'case' ? (
              <span className="rp-dim rp-number">#{item.id}</span>
            ) : (
              <IconUser size={16} aria-hidden />
            )}
            <span className="rp-grow">
              <span className="rp-result-title">{item.title}</span>
              {item.excerpt && <span className="rp-result-excerpt rp-truncate">{item.excerpt}</span>}
            </span>
            {item.status && <StatusBadge status={item.status} />}
            {item.at && (
              <span className="rp-dim rp-small">
                <TimeAgo at={item.at} />
              </span>
            )}
          </span>
        </Spotlight.Action>
      ))}
      {found.data?.items.length === 0 && <p className="rp-result-none">{t('search.none', { q })}</p>}
    </Spotlight.ActionsGroup>
  )
}

const Commands = ({ query }: { query: string }) => {
  const t = useSay()
  const commands = useCommands().filter(command => command.label.toLowerCase().includes(query.trim().toLowerCase()))
  if (commands.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={t('search.commands')}>
      {commands.slice(0, query ? 6 : 20).map(command => (
        <Spotlight.Action
          key={command.label}
          onClick={command.run}
          label={command.label}
          leftSection={<IconArrowRight size={16} aria-hidden />}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}

/** Search and every place to go, in one box. `opening` counts up each time it is asked for. */
const Palette = ({ opening }: { opening: number }) => {
  const t = useSay()
  const [query, setQuery] = useState('')
  useEffect(() => {
    if (opening > 0) spotlight.open()
  }, [opening])
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      clearQueryOnClose
      scrollable
      maxHeight={460}
      size={640}
      yOffset="12vh"
      centered={false}
      attributes={{ content: { 'aria-label': t('shell.search') } }}
      overlayProps={{ backgroundOpacity: 0.35 }}
    >
      <Spotlight.Search
        placeholder={t('search.placeholder')}
        aria-label={t('shell.search')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        <Results query={query} />
        <Commands query={query} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

export default Palette
