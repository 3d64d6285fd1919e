/** Editing: help articles written in the product, with drafts, review, versions and translations. For support leads. */
export { bringArticle } from './bring-article.ts'
