import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { raw } from 'hono/html'
import { asset, PUBLIC_FOLDER } from '../../../ui/assets.ts'
import type { Env } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'

/** The script a vendor's own portal embeds: one address for good, so it is looked up again every five minutes. */
export async function paneScript(context: Context<Env>): Promise<Response> {
  const script = await readFile(join(PUBLIC_FOLDER, asset('svar-pane.js').slice('/assets/'.length)), 'utf8')
  return context.body(script, 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'cross-origin-resource-policy': 'cross-origin',
  })
}

/** A stand-in for a vendor's own portal, with the pane on it: mounted in the demonstration only. */
export function portalPage(): Hono<Env> {
  return new Hono<Env>().get('/demonstration/portal', (context) => {
    const visit = context.get('visit')
    const say = words(visit.locale)
    return context.html(
      <>
        {raw('<!doctype html>')}
        <html lang={visit.locale}>
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>{say('portalTitle')}</title>
            <link rel="stylesheet" href={asset('svar.css')} />
            <link rel="stylesheet" href={visit.link('/brand.css')} />
            <link rel="icon" href="/icon.svg" type="image/svg+xml" />
            <script src={visit.link('/pane.js')} defer></script>
          </head>
          <body>
            <main id="content">
              <div class="narrow">
                <h1>{say('portalTitle')}</h1>
                <p>{say('portalIntro')}</p>
                <pre>
                  <code>{`<script src="${new URL(context.req.url).origin}${visit.link('/pane.js')}" defer></script>`}</code>
                </pre>
                <h2>{say('portalLicences')}</h2>
                <div class="scroll">
                  <table>
                    <caption class="visually-hidden">{say('portalLicences')}</caption>
                    <tbody>
                      {(['Business Standard', 'Business Basic'] as const).map((plan, at) => (
                        <tr>
                          <th scope="row">{plan}</th>
                          <td>{say('portalSeats', { count: at === 0 ? 240 : 35 })}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
                <p>
                  <a href={visit.link('/')}>{visit.brand.name}</a>
                </p>
              </div>
            </main>
          </body>
        </html>
      </>,
    )
  })
}
