/** Self-help: the articles an operator publishes, in each language, and which of them answers a question. */
export { articleFor } from './read-article.ts'
export { importArticles } from './import-articles.ts'
export { importArticlesFromJsonl } from './import-jsonl.ts'
export { markHits, tellingWords } from './show-hits.ts'
export { articlePath } from './rules/links.ts'
export { search, suggest } from './search.ts'
export type { Found } from './search.ts'
export type { ArticleRow } from './store.ts'
