/** Everything an import may not understand; `messages` has the words for each. */
export type FaultCode =
  | 'encoding'
  | 'tooLong'
  | 'lineCut'
  | 'tableCut'
  | 'tooDeep'
  | 'unreadable'
  | 'frontMatter'
  | 'frontMatterOpen'
  | 'ownerUnclear'
  | 'noText'
  | 'pathTooLong'
  | 'duplicate'
  | 'includeMissing'
  | 'includeCycle'
  | 'includeTooMuch'
  | 'rangeUnopened'
  | 'rangeUnclosed'
  | 'rangeUnknown'
  | 'tabsUnclosed'
  | 'directive'
  | 'pageKind'
  | 'pageYaml'
  | 'linkBroken'
  | 'linkOutside'
  | 'linkPlace'
  | 'linkSite'
  | 'redirectList'
  | 'redirectNowhere'

/** Something that was not understood. The line counts from 1 in the file it was found in; none is about the file as a whole. */
export type Fault = { readonly code: FaultCode; readonly line?: number | undefined; readonly detail: string }

export type FileFault = Fault & { readonly file: string }

/** The codes that are about links that lead nowhere. */
export const BROKEN_LINKS: ReadonlySet<FaultCode> = new Set(['linkBroken', 'linkOutside', 'linkPlace'])
