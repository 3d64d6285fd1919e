/** The page of this room: public holidays and proposals, for support leads. */
export { holidayPages } from './web/holiday-pages.tsx'
