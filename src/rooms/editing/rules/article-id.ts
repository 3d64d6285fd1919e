const LONGEST = 60

/** Letters as people write them without their keyboard; what has none, such as Chinese, is left out. */
function plain(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
}

/**
 * An id that tells what the article is about and stays when the title changes: `here/reset-a-password-0a1b2c`. `tail` makes it the
 * only one: six characters or more of chance.
 */
export function articleIdFrom(title: string, tail: string): string {
  const words = plain(title).slice(0, LONGEST).replaceAll(/^-|-$/g, '')
  return `here/${words ? `${words}-` : ''}${tail}`
}
