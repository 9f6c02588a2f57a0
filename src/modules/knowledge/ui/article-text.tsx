import { useMemo } from 'react'
import { drawn } from '../../../ui/kit/drawn.tsx'
import { type ArticleVersion, articleTags } from '../contract-shapes.ts'

const tags = new Set(articleTags)

/** A picture of the article itself; nothing from elsewhere is loaded. */
const picture = (element: Element) => {
  const src = element.getAttribute('src') ?? ''
  return /^\/api\/article-files\/\d+$/.test(src) ? (
    <img src={src} alt={element.getAttribute('alt') ?? ''} loading="lazy" />
  ) : null
}

/** What an article says. */
export const ArticleText = ({ version, language }: { version: Pick<ArticleVersion, 'html'>; language: string }) => {
  const content = useMemo(() => drawn(version.html, { tags, picture }), [version.html])
  return (
    <div className="rp-article-text" lang={language} dir="auto">
      {content}
    </div>
  )
}
