/** The pages of this room: articles, and what the pane in other people's portals asks. */
export { articlePages } from './web/article-page.tsx'
export { panePages } from './web/pane.ts'
