import { Html, html } from '../../../platform/http/page.ts'
import type { HelpArticle, HelpLine, HelpTopic } from '../helping.ts'
import { say } from './say.ts'

const searchForm = (q = ''): Html =>
  html`<form action="/help/articles/search" method="get" role="search"><label for="q">${say('help.find')}</label>
<div class="row find"><input type="text" id="q" name="q" value="${q}" maxlength="200" required dir="auto" enterkeyhint="search"><button type="submit">${say('help.search')}</button></div></form>`

const list = (items: readonly HelpLine[]): Html =>
  html`<ul class="cases">${items.map(
    ({ path, title, summary, language }) =>
      html`<li><a href="${path}"><strong lang="${language}" dir="auto">${title}</strong>${summary && html`<span class="dim small" lang="${language}" dir="auto">${summary}</span>`}</a></li>`,
  )}</ul>`

const topicLinks = (topics: readonly HelpTopic[]): Html | null =>
  topics.length > 0
    ? html`<h2>${say('help.topics')}</h2><ul class="cases">${topics.map(
        ({ key, name, count }) =>
          html`<li><a href="/help/articles/topics/${key}"><strong>${name}</strong> <span class="dim small">${count}</span></a></li>`,
      )}</ul>`
    : null

const stillNeed = (): Html =>
  html`<aside class="still"><h2>${say('help.still')}</h2><div class="row"><a class="button" href="/help">${say('help.write')}</a></div></aside>`

export const frontPage = (topics: readonly HelpTopic[], useful: readonly HelpLine[]): Html =>
  html`<h1>${say('help.title')}</h1><p>${say(useful.length > 0 ? 'help.lead' : 'help.empty')}</p>${searchForm()}${topicLinks(topics)}
${useful.length > 0 && html`<h2>${say('help.useful')}</h2>${list(useful)}`}${stillNeed()}`

export const topicPage = (topic: HelpTopic, items: readonly HelpLine[]): Html =>
  html`<nav class="small" aria-label="Breadcrumb"><a href="/help/articles">${say('help.home')}</a></nav><h1>${topic.name}</h1>${list(items)}${stillNeed()}`

export const foundPage = (q: string, { items, corrected }: { items: HelpLine[]; corrected: string | null }): Html =>
  items.length === 0
    ? html`<h1>${say('help.none', { q })}</h1><p>${say('help.noneText')}</p>${searchForm(q)}${stillNeed()}`
    : html`<h1>${corrected ? say('help.corrected', { q, words: corrected }) : say(items.length === 1 ? 'help.found_one' : 'help.found_other', { q, count: items.length })}</h1>
${searchForm(q)}${list(items)}${stillNeed()}`

const when = (at: Date, language: string): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long' }).format(at)

const name = (language: string): string =>
  new Intl.DisplayNames([language, 'en'], { type: 'language' }).of(language) ?? language

const asked = (article: HelpArticle, said: string | undefined): Html =>
  said === 'yes' || said === 'no'
    ? html`<div class="done" role="status" id="helped"><p>${say(said === 'yes' ? 'help.thanks' : 'help.thanksNo')}</p></div>`
    : html`<form class="helped" method="post" action="/help/articles/${article.id}/helped" id="helped"><fieldset><legend><h2>${say('help.didIt')}</h2></legend>
<div class="row"><button class="quiet" type="submit" name="helped" value="yes">${say('help.yes')}</button><button class="quiet" type="submit" name="helped" value="no">${say('help.no')}</button></div></fieldset></form>`

/** An article to read and to print. @param said what the reader has just answered */
export const articlePage = (article: HelpArticle, said: string | undefined): Html => {
  const { language, topics, translations } = article
  const files = article.files.filter(file => !article.html.includes(`"/help/articles/files/${file.id}"`))
  const kind = article.kind === 'warning' || article.kind === 'safety' ? article.kind : null
  return html`<nav class="small" aria-label="Breadcrumb"><a href="/help/articles">${say('help.home')}</a>${topics.slice(0, 1).map(topic => html` › <a href="/help/articles/topics/${topic.key}">${topic.name}</a>`)}</nav>
<article lang="${language}" dir="auto"><h1>${article.title}</h1>${kind && html`<p class="problem"><strong>${say(`help.${kind}`)}</strong></p>`}${article.summary && html`<p class="dim">${article.summary}</p>`}
<div class="article">${new Html(article.html)}</div>
${files.length > 0 && html`<h2>${say('help.files')}</h2><ul>${files.map(file => html`<li><a href="/help/articles/files/${file.id}"><bdi>${file.name}</bdi></a></li>`)}</ul>`}</article>
<p class="dim small">${say('help.updated', { when: when(article.publishedAt, 'en') })}${
    translations.length > 0 &&
    html` · ${say('help.also')} ${translations.map((one, i) => html`${i > 0 && ', '}<a href="${one.path}" lang="${one.language}" hreflang="${one.language}">${name(one.language)}</a>`)}`
  }</p>${asked(article, said)}${stillNeed()}`
}

export const gonePage = (): Html =>
  html`<h1>${say('help.goneTitle')}</h1><p>${say('help.gone')}</p>${searchForm()}${stillNeed()}`

/** What an article is, by the words of schema.org. */
export const dataOf = (article: HelpArticle, baseUrl: string, organisation: string): object => ({
  '@context': 'https://schema.org',
  '@graph': [
    {
      '@type': 'Article',
      headline: article.title.slice(0, 110),
      ...(article.summary ? { description: article.summary } : {}),
      inLanguage: article.language,
      datePublished: article.firstAt.toISOString(),
      dateModified: article.publishedAt.toISOString(),
      mainEntityOfPage: `${baseUrl}${article.path}`,
      author: { '@type': 'Organization', name: organisation },
      publisher: { '@type': 'Organization', name: organisation },
    },
    {
      '@type': 'BreadcrumbList',
      itemListElement: [
        { name: say('help.home'), item: `${baseUrl}/help/articles` },
        ...article.topics
          .slice(0, 1)
          .map(topic => ({ name: topic.name, item: `${baseUrl}/help/articles/topics/${topic.key}` })),
        { name: article.title, item: `${baseUrl}${article.path}` },
      ].map((one, i) => ({ '@type': 'ListItem', position: i + 1, ...one })),
    },
  ],
})
