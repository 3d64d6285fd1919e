/** The pages of this room: the private address of an organization's own health. */
export { feedPages } from './web/feed-pages.tsx'
