import type { Locale } from '../../../base/locale.ts'

/** A product as the charter names the service of that id, else as the article says it. */
export function productName(
  services: readonly { readonly id: string; readonly name: Readonly<Record<Locale, string>> }[],
  product: string,
  locale: Locale,
): string {
  return services.find(({ id }) => id === product)?.name[locale] ?? product
}
