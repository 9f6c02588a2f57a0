import { useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { knowledge } from '../contract.ts'
import type { Difference } from '../contract-shapes.ts'

const Text = ({ pieces }: { pieces: Difference['pieces'] }) => (
  <div className="rp-article-difference" dir="auto">
    {pieces.map((piece, index) => {
      const Tag = piece.change === 'added' ? 'ins' : piece.change === 'removed' ? 'del' : 'span'
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text stay where they are
      return <Tag key={index}>{piece.text}</Tag>
    })}
  </div>
)

const Fields = ({ fields }: { fields: Difference['fields'] }) => {
  const t = useSay()
  /** Kinds, sources and audiences are kept as words of their own; titles are what they are. */
  const said = (field: string, value: string) => {
    if (value === '') return t('words.none')
    if (field === 'kind') return t(`article.kind.${value as 'informative'}`)
    if (field === 'source') return t(`article.source.${value as 'website'}`)
    if (field === 'audience') return t(`article.audience.${value as 'public'}`)
    return value
  }
  if (fields.length === 0) return null
  return (
    <dl className="rp-article-changes">
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{t(`versions.field.${field as 'title'}`)}</dt>
          <dd>
            <del>{said(field, before)}</del> <ins>{said(field, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What differs between two versions: removed words struck through, added ones underlined. */
export const Differences = ({ id, from, to }: { id: number; from: number; to: number }) => {
  const t = useSay()
  const found = useCall(knowledge.articleDifference, { id, from, to }, { enabled: from !== to })
  if (from === to) return <p className="rp-dim">{t('versions.same')}</p>
  if (found.error)
    return (
      <Notice tone="bad" alert>
        {sentenceOf(found.error)}
      </Notice>
    )
  if (!found.data) return <Loading rows={4} />
  const { fields, pieces } = found.data
  const nothing = fields.length === 0 && pieces.every(piece => piece.change === 'same')
  return (
    <section aria-label={t('versions.between', { from, to })} className="rp-article-compared">
      <h2>{t('versions.between', { from, to })}</h2>
      {nothing && <p className="rp-dim">{t('versions.nothing')}</p>}
      <Fields fields={fields} />
      <Text pieces={pieces} />
    </section>
  )
}
