export { useArticle } from './handing-on.ts'
export { suggestArticles } from './suggesting.ts'
