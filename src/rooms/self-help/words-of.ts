import type { Locale } from '../../base/locale.ts'
import { countWords } from '../search/index.ts'
import type { NewArticle } from './store.ts'

/** What search keeps of an article. The first section's heading, if any, is another title of its own. */
export function wordsOf(
  {
    id,
    title,
    description,
    products,
    sections,
  }: Pick<NewArticle, 'id' | 'title' | 'description' | 'products'> & {
    readonly sections: readonly { readonly heading: string; readonly text: string }[]
  },
  language: Locale,
): NewArticle['words'] {
  return {
    title,
    headings: sections.slice(1).map(({ heading }) => heading),
    facets: products.map((product) => `product=${product}`),
    ...countWords({ path: id, title, description, sections }, language),
  }
}
