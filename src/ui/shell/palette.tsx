import '@mantine/spotlight/styles.css'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconArrowRight, IconBolt, IconBook2, IconHistory, IconSearch, IconUser } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { cases } from '../../modules/cases/contract.ts'
import { knowledge } from '../../modules/knowledge/contract.ts'
import { useCall } from '../call.ts'
import { type Recent, remember, useRecent } from '../commands/recent.ts'
import { runCommand, useAvailable } from '../commands/running.ts'
import { type CommandName, commandNames, commands } from '../commands/table.ts'
import { StatusBadge } from '../kit/badges.tsx'
import { KeyHint } from '../kit/kbd.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { useSay } from '../language/index.ts'
import { useMay } from '../me.ts'
import { type Place, usePlaces } from './commands.ts'
import { Line } from './palette-line.tsx'
import { useWishes } from './wishes.ts'

const most = 7
/** Of commands and of places, while something is typed: what is found follows them and shall be seen. */
const mostTyped = 4
const mostPlaces = 6
const [store, palette] = createSpotlight()
/** The palette gives the focus back first; what a command opens takes it then. */
const afterClosingMs = 80

/** Every word of what was typed begins a word of the name, in any order; nothing typed fits everything. */
const fits = (label: string, query: string) => {
  const words = label.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every(part => words.some(word => word.startsWith(part)))
}

/** Marks what Enter would take: the first line, unless it is what was found for something typed before. */
const markFirst = () => {
  const list = document.getElementById(store.getState().listId)
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected')
  const first = list?.querySelector('[data-action]')
  const fresh = first && !first.closest('[data-stale]')
  if (fresh) first.setAttribute('data-selected', 'true')
  store.updateState(now => ({ ...now, selected: fresh ? 0 : -1 }))
}
const isMarked = () => document.querySelector(`#${store.getState().listId} [data-selected]`) !== null

const later = (run: () => void) => void setTimeout(run, afterClosingMs)

const useRunning = () => {
  const t = useSay()
  return (name: CommandName) => {
    remember({ key: `do:${name}`, label: t(commands[name].label), command: name })
    later(() => runCommand(name))
  }
}

const Recents = () => {
  const t = useSay()
  const go = useNavigate()
  const run = useRunning()
  const available = useAvailable()
  const isThere = ({ command }: Recent) => !command || available.includes(command as CommandName)
  const items = useRecent().filter(isThere).slice(0, most)
  if (items.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={t('palette.recent')}>
      {items.map(({ key, label, path, command }) => (
        <Line
          key={key}
          icon={<IconHistory size={16} stroke={1.7} aria-hidden />}
          label={label}
          hint={command && <KeyHint of={command as CommandName} />}
          run={() => (path ? void go(path) : run(command as CommandName))}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}

const Results = ({ query }: { query: string }) => {
  const t = useSay()
  const go = useNavigate()
  const [q] = useDebouncedValue(query.trim(), 150)
  const found = useCall(cases.search, { q, limit: 12 }, { enabled: q.length > 0, placeholderData: keepPreviousData })
  const may = useMay()
  const wanted = { enabled: q.length > 1 && may('knowledge.read'), placeholderData: keepPreviousData }
  const articles = useCall(knowledge.articles, { q, limit: 3 }, wanted)
  const stale = q !== query.trim() || found.isPlaceholderData || found.isPending
  useEffect(() => {
    if (!stale && !isMarked()) markFirst()
  }, [stale])
  if (q.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={t('search.results')} data-stale={stale || undefined}>
      {found.data?.items.map(item => {
        const path = item.type === 'case' ? `/cases/${item.id}` : `/people/${item.id}`
        const label = item.type === 'case' ? `#${item.id} ${item.title}` : item.title
        return (
          <Spotlight.Action
            key={path}
            onClick={() => {
              remember({ key: path, label, path })
              void go(path)
            }}
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
        )
      })}
      {articles.data?.items.map(({ id, title }) => (
        <Line
          key={`a${id}`}
          icon={<IconBook2 size={16} stroke={1.7} aria-hidden />}
          label={title}
          detail={t('nav.knowledge')}
          run={() => {
            remember({ key: `/knowledge/${id}`, label: title, path: `/knowledge/${id}` })
            void go(`/knowledge/${id}`)
          }}
        />
      ))}
      {found.data?.items.length === 0 && !articles.data?.items.length && (
        <p className="rp-result-none">{t('search.none', { q })}</p>
      )}
      <Line
        icon={<IconSearch size={16} stroke={1.7} aria-hidden />}
        label={t('search.allResults')}
        run={() => void go(`/search?${new URLSearchParams({ q }).toString()}`)}
      />
    </Spotlight.ActionsGroup>
  )
}

/** What can be done here and now, each with its key. What belongs to the open case comes first. */
const Doing = ({ query }: { query: string }) => {
  const t = useSay()
  const run = useRunning()
  const available = useAvailable()
  const order = { case: 0, desk: 0, queue: 1, anywhere: 2 }
  const shown = commandNames
    .filter(name => name !== 'search' && available.includes(name) && fits(t(commands[name].label), query))
    .toSorted((a, b) => order[commands[a].scope] - order[commands[b].scope])
  if (shown.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={t('search.commands')}>
      {shown.slice(0, query ? mostTyped : undefined).map(name => (
        <Line
          key={name}
          icon={<IconBolt size={16} stroke={1.7} aria-hidden />}
          label={t(commands[name].label)}
          hint={<KeyHint of={name} />}
          run={() => run(name)}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}

const Places = ({ query }: { query: string }) => {
  const t = useSay()
  const wishes = useWishes().map(wish => ({ ...wish, detail: t('nav.settings') }))
  // With nothing typed, all that one may wish for would hide where one can go.
  const all: Place[] = [...usePlaces(), ...(query ? wishes : [])]
  const places = all.filter(({ label, detail, also = '' }) => fits(`${label} ${detail} ${also}`, query))
  if (places.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={t('search.places')}>
      {places.slice(0, query ? mostPlaces : undefined).map(({ key, label, detail, path, run }) => (
        <Line
          key={key}
          icon={<IconArrowRight size={16} stroke={1.7} aria-hidden />}
          label={label}
          detail={detail}
          run={() => {
            if (path) remember({ key, label, path })
            run()
          }}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}

/** Search, every command and every place to go, in one box. `opening` counts up each time it is asked for. */
const Palette = ({ opening }: { opening: number }) => {
  const t = useSay()
  const [query, setQuery] = useState('')
  useEffect(() => {
    if (opening > 0) palette.open()
  }, [opening])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is first depends on what was typed
  useEffect(markFirst, [query])
  return (
    <Spotlight.Root
      store={store}
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
        data-palette
        onFocus={markFirst}
      />
      <Spotlight.ActionsList>
        {query.trim() === '' && <Recents />}
        <Doing query={query.trim()} />
        <Places query={query.trim()} />
        <Results query={query} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

export default Palette
