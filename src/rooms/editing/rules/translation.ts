/** How an article stands in one language: what it is translated from, up to date with it, behind it, or not there. */
export type TranslationState = 'source' | 'current' | 'stale' | 'missing'

/** A text as it is published. */
export type Published = {
  readonly version: number
  /** The version of the source language it was made from; null where nobody said. */
  readonly translatedFrom: number | null
}

/** A translation is stale when its source was published anew since; a source that is not published makes nothing stale. */
export function translationState(
  published: Published | undefined,
  { isSource, source }: { readonly isSource: boolean; readonly source: number | undefined },
): TranslationState {
  if (!published) return 'missing'
  if (isSource) return 'source'
  return source === undefined || (published.translatedFrom ?? 0) >= source ? 'current' : 'stale'
}
