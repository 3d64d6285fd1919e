/** The pages of this room. */
export { editingPages } from './web/editing-pages.tsx'
