import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { email, read, text } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import { EMPTY, ProblemList, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env, Visit } from '../../../ui/visit.ts'
import { acceptFirstLead } from '../first-lead.ts'
import { words } from '../messages/words.ts'
import { CODE_MINUTES } from '../sign-in.ts'
import type { SignIn } from '../sign-in.ts'

export type SignInPageParts = {
  readonly signIn: SignIn
  /** The network address a request comes from, as the limits count it. */
  readonly addressOf: (context: Context<Env>) => string
  /** A path of this site to go back to, or the operator's front page. */
  readonly safePath: (wanted: string | undefined, otherwise: string) => string
}

/** What a form had in it when the session turned out to be over: carried through signing in, and offered again afterwards. */
export type Kept = {
  readonly action: string
  readonly values: Readonly<Record<string, string>>
  readonly hadFiles: boolean
}

const keptSchema = z.object({
  action: z.string().startsWith('/').max(500),
  values: z.record(z.string().max(60), z.string().max(40_000)),
  hadFiles: z.boolean(),
})

export function signInPages({ signIn, addressOf, safePath }: SignInPageParts): Hono<Env> {
  const pages = new Hono<Env>()

  pages.get('/sign-in', (context) => {
    const visit = context.get('visit')
    return context.html(
      <AskPage visit={visit} form={EMPTY} back={safePath(context.req.query('back'), visit.link('/'))} />,
    )
  })

  pages.post('/sign-in', async (context) => {
    const visit = context.get('visit')
    const { values } = await readForm(context)
    const back = safePath(values['back'], visit.link('/'))
    const kept = keptOf(values['kept'])
    try {
      const input = read(z.object({ email }), values)
      const outcome = await signIn.askForCode(from(context), input.email)
      if (outcome === 'refused') throw new Refused('too-many-attempts')
      return context.html(<CodePage visit={visit} address={input.email} back={back} kept={kept} wrong={false} />)
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'invalid-input') throw error
      return context.html(
        <AskPage visit={visit} form={{ values, problems: error.fields }} back={back} kept={kept} />,
        422,
      )
    }
  })

  pages.post('/sign-in/code', async (context) => {
    const visit = context.get('visit')
    const { values } = await readForm(context)
    const back = safePath(values['back'], visit.link('/'))
    const kept = keptOf(values['kept'])
    const address = values['email'] ?? ''
    const code = (values['code'] ?? '').replaceAll(/\D/g, '').slice(0, 12)
    const outcome = await signIn.enterCode(from(context), address, code)
    if (outcome === 'refused') throw new Refused('too-many-attempts')
    if (outcome === 'wrong')
      return context.html(<CodePage visit={visit} address={address} back={back} kept={kept} wrong={true} />, 422)
    for (const cookie of outcome) context.header('set-cookie', cookie, { append: true })
    return kept ? context.html(<GoOnPage visit={visit} kept={kept} />) : context.redirect(back, 303)
  })

  pages.post('/sign-out', async (context) => {
    for (const cookie of await signIn.signOut(context.req.raw.headers))
      context.header('set-cookie', cookie, { append: true })
    return context.redirect(context.get('visit').link('/'), 303)
  })

  pages.get('/invitation/:token', (context) =>
    context.html(<InvitationPage visit={context.get('visit')} form={EMPTY} />),
  )
  pages.post('/invitation/:token', async (context) => {
    const visit = context.get('visit')
    const { values } = await readForm(context)
    try {
      const input = read(z.strictObject({ name: text(100), email }), values)
      await acceptFirstLead(visit.database, {
        operatorId: visit.operatorId,
        token: context.req.param('token'),
        language: visit.locale,
        zone: visit.zone,
        ...input,
      })
      return context.html(
        <AskPage
          visit={visit}
          form={{ values: { email: input.email }, problems: {} }}
          back={visit.link('/agent')}
          note={words(visit.locale)('accepted')}
        />,
      )
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'invalid-input') throw error
      return context.html(<InvitationPage visit={visit} form={{ values, problems: error.fields }} />, 422)
    }
  })

  function from(context: Context<Env>) {
    const { operatorId, locale } = context.get('visit')
    return { headers: context.req.raw.headers, address: addressOf(context), operatorId, locale }
  }
  return pages
}

function keptOf(written: string | undefined): Kept | undefined {
  if (!written) return undefined
  try {
    return keptSchema.safeParse(JSON.parse(written)).data
  } catch {
    return undefined
  }
}

/** Asks for the address; with `kept`, says that the session is over and nothing is lost. */
export function AskPage({
  visit,
  form,
  back,
  kept,
  note,
}: {
  visit: Visit
  form: Filled
  back: string
  kept?: Kept | undefined
  note?: string
}) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={kept ? say('keptTitle') : say('title')} current="sign-in">
      <div class="narrow">
        <h1>{kept ? say('keptTitle') : say('title')}</h1>
        {note ? <p class="notice">{note}</p> : null}
        {kept ? <p class="notice">{say('kept')}</p> : null}
        {kept?.hadFiles ? <p>{say('filesNotKept')}</p> : null}
        <ProblemList locale={visit.locale} form={form} labels={{ email: say('email') }} />
        <p>{say('intro')}</p>
        <form method="post" action={visit.link('/sign-in')} novalidate>
          <Carried back={back} kept={kept} />
          <TextField
            locale={visit.locale}
            form={form}
            name="email"
            label={say('email')}
            type="email"
            autocomplete="username webauthn"
            required
            max={254}
          />
          <button class="primary">{say('send')}</button>
        </form>
        <passkey-sign-in
          back={back}
          label={say('passkey')}
          failed={say('passkeyFailed')}
          cancelled={say('passkeyCancelled')}
          unknown={say('passkeyUnknown')}
        ></passkey-sign-in>
      </div>
    </Shell>
  )
}

function CodePage({
  visit,
  address,
  back,
  kept,
  wrong,
}: {
  visit: Visit
  address: string
  back: string
  kept: Kept | undefined
  wrong: boolean
}) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('sentTitle')} current="sign-in">
      <div class="narrow">
        <h1>{say('sentTitle')}</h1>
        <p>{say('sent', { email: address, minutes: CODE_MINUTES })}</p>
        {wrong ? (
          <p class="problem" role="alert">
            {say('wrong')}
          </p>
        ) : null}
        <form method="post" action={visit.link('/sign-in/code')}>
          <Carried back={back} kept={kept} />
          <input type="hidden" name="email" value={address} />
          <TextField
            locale={visit.locale}
            form={EMPTY}
            name="code"
            label={say('code')}
            hint={say('codeHint')}
            autocomplete="one-time-code"
            inputmode="numeric"
            required
            max={12}
          />
          <button class="primary">{say('enter')}</button>
        </form>
        <form method="post" action={visit.link('/sign-in')}>
          <Carried back={back} kept={kept} />
          <input type="hidden" name="email" value={address} />
          <button class="quiet">{say('again')}</button>
        </form>
      </div>
    </Shell>
  )
}

function Carried({ back, kept }: { back: string; kept: Kept | undefined }) {
  return (
    <>
      <input type="hidden" name="back" value={back} />
      {kept ? <input type="hidden" name="kept" value={JSON.stringify(kept)} /> : null}
    </>
  )
}

function GoOnPage({ visit, kept }: { visit: Visit; kept: Kept }) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('signedInTitle')} current="sign-in">
      <div class="narrow">
        <h1>{say('signedInTitle')}</h1>
        <p>{say('signedIn')}</p>
        {kept.hadFiles ? <p>{say('filesNotKept')}</p> : null}
        <form method="post" action={kept.action}>
          {Object.entries(kept.values).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="review" value="yes" />
          <button class="primary">{say('goOn')}</button>
        </form>
      </div>
    </Shell>
  )
}

function InvitationPage({ visit, form }: { visit: Visit; form: Filled }) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('inviteTitle')} current="sign-in">
      <div class="narrow">
        <h1>{say('inviteTitle')}</h1>
        <p>{say('inviteIntro', { operator: visit.brand.name })}</p>
        <ProblemList locale={visit.locale} form={form} labels={{ email: say('email'), name: say('name') }} />
        <form method="post" action={visit.here} novalidate>
          <TextField
            locale={visit.locale}
            form={form}
            name="name"
            label={say('name')}
            autocomplete="name"
            required
            max={100}
          />
          <TextField
            locale={visit.locale}
            form={form}
            name="email"
            label={say('email')}
            type="email"
            autocomplete="email"
            required
            max={254}
          />
          <button class="primary">{say('accept')}</button>
        </form>
      </div>
    </Shell>
  )
}
