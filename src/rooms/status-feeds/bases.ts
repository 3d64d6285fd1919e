import type { FeedSite } from './feed-site.ts'

/** Where an operator's public status stands in the app, and where its files do: the same where nobody said where others serve them. */
export function publicBase({ url }: FeedSite): string {
  return `${url}/status`
}

export function publicFilesBase(site: FeedSite): string {
  return site.filesUrl === undefined ? publicBase(site) : `${site.filesUrl}/${site.slug}`
}

/** The same of an organization's own, by the word of its private address. */
export function ownBase(site: FeedSite, word: string): string {
  return `${publicBase(site)}/o/${word}`
}

export function ownFilesBase(site: FeedSite, word: string): string {
  return `${publicFilesBase(site)}/o/${word}`
}

/** Where the files of a private address begin, below the place of all files. */
export function ownFolder({ slug }: Pick<FeedSite, 'slug'>, word: string): string {
  return `${slug}/o/${word}`
}
