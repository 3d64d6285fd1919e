/** The pages of this room. */
export { reportPages } from './web/report-pages.tsx'
