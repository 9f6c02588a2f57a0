import { createElement, Fragment, type ReactNode } from 'react'

type Rules = {
  tags: ReadonlySet<string>
  picture: (element: Element) => ReactNode
  /** How plain text is shown, such as with numbers that lead somewhere. */
  text?: (text: string) => ReactNode
}

const link = (element: Element, children: ReactNode): ReactNode => {
  const href = element.getAttribute('href') ?? ''
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(href)) return children
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

const span = (element: Element, name: 'colspan' | 'rowspan'): number =>
  Math.min(100, Math.max(1, Number(element.getAttribute(name)) || 1))

const attributesOf = (tag: string, element: Element): Record<string, string | number> =>
  tag === 'td' || tag === 'th'
    ? { colSpan: span(element, 'colspan'), rowSpan: span(element, 'rowspan') }
    : tag === 'table' || tag === 'thead' || tag === 'tbody' || tag === 'tr'
      ? {}
      : { dir: 'auto' }

const empty = new Set(['br', 'hr'])

const drawnNode = (node: Node, rules: Rules): ReactNode => {
  if (node.nodeType === Node.TEXT_NODE) return rules.text?.(node.textContent ?? '') ?? node.textContent
  if (!(node instanceof Element)) return null
  const tag = node.tagName.toLowerCase()
  if (tag === 'img') return rules.picture(node)
  if (empty.has(tag)) return rules.tags.has(tag) ? createElement(tag) : null
  const children = drawnNodes(node, rules)
  if (tag === 'a') return link(node, children)
  return rules.tags.has(tag) ? createElement(tag, attributesOf(tag, node), children) : children
}

/** White space between the parts of a table is no part of it. */
const isBetween = (node: Node) =>
  node.nodeType === Node.TEXT_NODE &&
  node.textContent?.trim() === '' &&
  /^(TABLE|THEAD|TBODY|TR)$/.test((node.parentNode as Element | null)?.tagName ?? '')

const drawnNodes = (parent: Node, rules: Rules): ReactNode =>
  [...parent.childNodes]
    .filter(node => !isBetween(node))
    .map((node, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one text never move
      <Fragment key={index}>{drawnNode(node, rules)}</Fragment>
    ))

/** Only what is on the list is drawn, element by element: nothing is set as markup, whatever the server sent. */
export const drawn = (html: string, rules: Rules): ReactNode =>
  drawnNodes(new DOMParser().parseFromString(html, 'text/html').body, rules)
