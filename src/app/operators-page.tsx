import type { Context } from 'hono'
import { raw } from 'hono/html'
import { chooseLocale, LOCALES, wishesOf } from '../base/locale.ts'
import { asset } from '../ui/assets.ts'
import { words } from '../ui/messages/words.ts'
import type { Env } from '../ui/visit.ts'
import type { Operators } from './operators.ts'

/** The root of an installation with several operators: whose support do you need? With one, its front page. */
export function operatorsPage(operators: Operators) {
  return async (context: Context<Env>) => {
    const all = await operators.all()
    const [only] = all
    if (only && all.length === 1) return context.redirect(`/${only.slug}/`)
    const locale = chooseLocale(wishesOf(context.req.header('accept-language')), LOCALES)
    const say = words(locale)
    return context.html(
      <>
        {raw('<!doctype html>')}
        <html lang={locale}>
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>Svar</title>
            <link rel="stylesheet" href={asset('svar.css')} />
            <link rel="icon" href="/icon.svg" type="image/svg+xml" />
          </head>
          <body>
            <main id="content">
              <div class="narrow">
                <h1>{say('getSupport')}</h1>
                <ul class="cards">
                  {all.map(({ slug, charter }) => (
                    <li>
                      <a href={`/${slug}/`}>{charter.name[locale]}</a>
                      <p>{charter.product[locale]}</p>
                    </li>
                  ))}
                </ul>
              </div>
            </main>
          </body>
        </html>
      </>,
    )
  }
}
