import { Button } from '@mantine/core'
import { IconBook2, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import type { Case } from '../contract.ts'
import { articlesBeside, type SuggestedArticle } from '../contract-articles.ts'
import { insertInto } from './inserting.ts'
import { useUsingArticle } from './using-article.ts'

type Use = (article: SuggestedArticle, how: 'text' | 'link') => void
type RowProps = { article: SuggestedArticle; chosen: boolean; choose: () => void; use: Use | null }

const Row = ({ article, chosen, choose, use }: RowProps) => {
  const t = useSay()
  return (
    <li data-chosen={chosen || undefined} onFocusCapture={choose} onPointerEnter={choose}>
      <Link to={`/knowledge/${article.id}`} lang={article.language} dir="auto">
        {article.title}
      </Link>
      <span className="rp-dim rp-small rp-beside-facts">
        {article.usedHere && (
          <span>
            <IconCheck size={13} stroke={2} aria-hidden /> {t('beside.usedHere')}
          </span>
        )}
        {article.audience !== 'public' && <span>{t('beside.internal')}</span>}
        {article.used > 0 && <span>{t('article.used', { count: article.used })}</span>}
      </span>
      {use && (
        <span className="rp-beside-acts">
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('beside.textOf', { title: article.title })}
            rightSection={chosen && <KeyHint of="articleText" />}
            onClick={() => use(article, 'text')}
          >
            {t('beside.text')}
          </Button>
          {article.publicPath && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('beside.linkOf', { title: article.title })}
              rightSection={chosen && <KeyHint of="articleLink" />}
              onClick={() => use(article, 'link')}
            >
              {t('beside.link')}
            </Button>
          )}
        </span>
      )}
    </li>
  )
}

/** Articles that may answer this case: read there, or put into the reply by one key. */
export const Beside = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const may = useMay()
  const found = useCall(
    articlesBeside.articlesFor,
    { id: kase.id },
    { enabled: may('knowledge.read'), staleTime: 60_000 },
  )
  const [chosenId, setChosen] = useState<number | null>(null)
  const using = useUsingArticle(kase.id)
  const items = found.data?.items ?? []
  const chosen = items.find(item => item.id === chosenId) ?? items[0]
  const writes = kase.can.includes('reply') || kase.can.includes('note')
  const use: Use = (article, how) => void using(article.id, how, form => insertInto(kase.id, form))
  useCommands({
    articleText: writes && chosen !== undefined && (() => use(chosen, 'text')),
    articleLink: writes && chosen?.publicPath != null && (() => use(chosen, 'link')),
  })
  if (items.length === 0) return null
  return (
    <section className="rp-beside">
      <h3>
        <IconBook2 size={14} stroke={1.8} aria-hidden /> {t('beside.title')}
      </h3>
      <ul>
        {items.map(article => (
          <Row
            key={article.id}
            article={article}
            chosen={article === chosen}
            choose={() => setChosen(article.id)}
            use={writes ? use : null}
          />
        ))}
      </ul>
    </section>
  )
}
