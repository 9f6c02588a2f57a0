import type { RouteObject } from 'react-router'

export { useNotedSearch } from './searched.ts'

export const routes: RouteObject[] = [
  { path: 'knowledge', lazy: async () => ({ Component: (await import('./articles.tsx')).Articles }) },
  { path: 'knowledge/gaps', lazy: async () => ({ Component: (await import('./gaps.tsx')).Gaps }) },
  { path: 'knowledge/new', lazy: async () => ({ Component: (await import('./article-edit.tsx')).NewArticle }) },
  { path: 'knowledge/:id', lazy: async () => ({ Component: (await import('./article-page.tsx')).ArticlePage }) },
  { path: 'knowledge/:id/edit', lazy: async () => ({ Component: (await import('./article-edit.tsx')).EditArticle }) },
  { path: 'knowledge/:id/versions', lazy: async () => ({ Component: (await import('./versions.tsx')).Versions }) },
]
