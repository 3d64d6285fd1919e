/** The pages of this room: what a person is told, the addresses of his organization, and the end of it from a mail. */
export { noticePages } from './web/notice-pages.tsx'
