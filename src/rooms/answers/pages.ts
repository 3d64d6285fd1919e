/** The pages of this room: what readers say of an article, and what was not answered, for support leads. */
export { answersPages } from './web/answers-pages.tsx'
export { solvedPages } from './web/solved-pages.tsx'
