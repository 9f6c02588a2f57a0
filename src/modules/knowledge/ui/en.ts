/** Words of know-how: articles, their review, and what is missing. */
export const en = {
  'event.article.drafted': 'began the article “{{title}}”',
  'event.article.written': 'wrote version {{number}} of “{{title}}”',
  'event.article.placed': 'changed who looks after “{{title}}”, or what it is about',
  'event.article.submitted': 'gave “{{title}}” to somebody to check',
  'event.article.approved': 'approved “{{title}}”',
  'event.article.returned': 'gave “{{title}}” back: {{reason}}',
  'event.article.published': 'published “{{title}}”',
  'event.article.archived': 'put “{{title}}” in the archive',
  'event.article.restored': 'brought “{{title}}” back from the archive',
  'event.article.reviewed': 'looked “{{title}}” through',
  'event.article.helped': 'said that “{{title}}” helped',
  'event.article.not_helped': 'said that “{{title}}” did not help',
  'event.article.file_uploaded': 'uploaded {{name}} for an article',
  'event.gap.noted': 'looked for “{{words}}” and found nothing',
  'event.gap.drafted': 'began an article about “{{words}}”',
  'event.gap.dismissed': 'decided not to write about “{{words}}”: {{reason}}',
} as const
