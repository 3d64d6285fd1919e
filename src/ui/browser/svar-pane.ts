/**
 * The "Help & support" button and pane for any page of a vendor's own portal: `<script src="https://…/microsoft/pane.js" async>`.
 * A custom element with a shadow root, no framework; the only requests go to where the script came from, and none before the button
 * is pressed. Needs of the page's policy: `script-src` and `connect-src` with that origin. Styles are constructed, not inline.
 */
type Words = Readonly<
  Record<
    | 'button'
    | 'close'
    | 'title'
    | 'label'
    | 'hint'
    | 'none'
    | 'found'
    | 'contact'
    | 'allHelp'
    | 'healthWell'
    | 'known'
    | 'unreachable',
    string
  >
>
type Start = {
  readonly words: Words
  readonly health: readonly { readonly service: string; readonly title: string; readonly impact: string }[]
  readonly contactUrl: string
  readonly helpUrl: string
}
type Found = { readonly title: string; readonly url: string; readonly passage: string; readonly language: string }

const script = document.currentScript as HTMLScriptElement | null
const source = new URL(script?.src ?? location.href)
const base = source.href.replace(/\/pane\.js.*$/, '')
const BUTTON: Readonly<Record<string, string>> = { da: 'Hjælp og support', zh: '帮助与支持' }

const STYLE = `
:host{position:fixed;inset-block-end:1rem;inset-inline-end:1rem;z-index:2147483000;font:16px/1.5 'Segoe UI',system-ui,sans-serif;color:#242424}
*{box-sizing:border-box}
button,.contact{font:inherit;font-weight:600;min-block-size:2.5rem;padding:.4rem 1rem;border:1px solid #0f548c;border-radius:1.25rem;background:#0f548c;color:#fff;cursor:pointer;text-decoration:none;display:inline-block}
:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 5px #000;outline-offset:0}
section{position:fixed;inset-block:0;inset-inline-end:0;inline-size:min(25rem,100vw);background:#fff;border-inline-start:1px solid #d1d1d1;box-shadow:0 0 2rem #0003;display:flex;flex-direction:column;padding:1rem 1.25rem;gap:.75rem;overflow:auto}
section[hidden]{display:none}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem}
h2{font-size:1.2rem;margin:0}
header button{background:none;color:#242424;border-color:transparent;font-size:1.3rem;line-height:1;padding:.25rem .75rem}
label{font-weight:600;display:block}
input{font:inherit;inline-size:100%;margin-block-start:.25rem;padding:.5rem .65rem;border:1px solid #616161;border-radius:.25rem;background:#fff;color:inherit}
ul{list-style:none;margin:0;padding:0}
li{margin-block:.75rem;overflow-wrap:anywhere}
a{color:#0f548c}
.contact{color:#fff;text-align:center}
p{margin:0}
.quiet{color:#424242;font-size:.9rem}
.health{border-inline-start:4px solid #0e700e;padding-inline-start:.6rem;font-size:.95rem}
.ill{border-color:#bc4b09}
.grow{flex:1}
@media (prefers-color-scheme:dark){:host{color:#fff}section{background:#1f1f1f;border-color:#525252}header button,input{color:#fff}input{background:#141414;border-color:#adadad}a{color:#62abf5}.quiet{color:#d6d6d6}}
`

class SvarHelp extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #button = element('button', { type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' })
  readonly #pane = element('section', { role: 'dialog', 'aria-modal': 'false', 'aria-labelledby': 'title', hidden: '' })
  #loaded: Promise<void> | undefined
  #search: AbortController | undefined

  connectedCallback(): void {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(STYLE)
    this.#root.adoptedStyleSheets = [sheet]
    this.#button.textContent = BUTTON[languageOf(this).slice(0, 2)] ?? 'Help & support'
    this.#button.addEventListener('click', () => this.#open())
    this.#pane.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#close()
    })
    this.#root.append(this.#button, this.#pane)
  }

  #open(): void {
    this.#pane.hidden = false
    this.#button.setAttribute('aria-expanded', 'true')
    this.#loaded ??= this.#load().catch(() => this.#unreachable())
    void this.#loaded.then(() => this.#root.querySelector<HTMLElement>('input, a')?.focus())
  }

  #close(): void {
    this.#pane.hidden = true
    this.#button.setAttribute('aria-expanded', 'false')
    this.#button.focus()
  }

  async #load(): Promise<void> {
    const start = await ask<Start>('/pane/start', { language: languageOf(this) })
    const { words } = start
    const close = element('button', { type: 'button', 'aria-label': words.close }, '×')
    close.addEventListener('click', () => this.#close())
    const input = element('input', { id: 'question', type: 'search', autocomplete: 'off', maxlength: '200' })
    const list = element('ul', {})
    const status = element('p', { class: 'quiet', role: 'status' }, words.hint)
    const contact = element(
      'a',
      { class: 'contact', href: start.contactUrl, target: '_blank', rel: 'noopener' },
      words.contact,
    )
    input.addEventListener('input', () => void this.#find(input.value, { list, status, contact, start }))
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') void this.#find(input.value, { list, status, contact, start })
    })
    this.#pane.replaceChildren(
      element('header', {}, element('h2', { id: 'title' }, words.title), close),
      ...healthOf(start),
      element('div', {}, element('label', { for: 'question' }, words.label), input),
      status,
      list,
      element('div', { class: 'grow' }),
      element('a', { href: start.helpUrl, target: '_blank', rel: 'noopener' }, words.allHelp),
      contact,
    )
  }

  async #find(
    question: string,
    parts: { list: HTMLElement; status: HTMLElement; contact: HTMLElement; start: Start },
  ): Promise<void> {
    const { list, status, contact, start } = parts
    this.#search?.abort()
    this.#search = new AbortController()
    const { signal } = this.#search
    contact.setAttribute(
      'href',
      `${start.contactUrl}${start.contactUrl.includes('?') ? '&' : '?'}question=${encodeURIComponent(question)}`,
    )
    try {
      await new Promise((resolve) => setTimeout(resolve, 150))
      if (signal.aborted) return
      const asked = { q: question, language: languageOf(this) }
      const [{ results, reference }, { known }] = question.trim()
        ? await Promise.all([
            ask<{ results: readonly Found[]; reference: string }>('/pane/suggest', asked, signal),
            ask<{ known: readonly Found[] }>('/pane/known', asked, signal),
          ])
        : [{ results: [], reference: '' }, { known: [] }]
      // Which list somebody chose from is told when he opens one of it, and not before.
      const settled = () => void ask('/pane/suggest', { ...asked, settled: reference }).catch(() => {})
      const problems = known.map((one) => item({ ...one, title: `${start.words.known} - ${one.title}` }, () => {}))
      list.replaceChildren(...problems, ...results.map((found) => item(found, settled)))
      status.textContent = question.trim()
        ? results.length + known.length
          ? start.words.found.replace('%', String(results.length + known.length))
          : start.words.none
        : start.words.hint
    } catch {
      if (!signal.aborted) status.textContent = start.words.unreachable
    }
  }

  /** Svar does not answer: the pane still leads to the contact page, in a language of its own script. */
  #unreachable(): void {
    this.#loaded = undefined
    this.#pane.replaceChildren(
      element(
        'a',
        { class: 'contact', href: `${base}/contact`, target: '_blank', rel: 'noopener' },
        this.#button.textContent ?? '',
      ),
    )
  }
}

function healthOf({ health, words }: Start): HTMLElement[] {
  if (health.length === 0) return [element('p', { class: 'health' }, words.healthWell)]
  return health.map(({ service, title, impact }) =>
    element('p', { class: 'health ill' }, element('strong', {}, `${service}: ${title}. `), impact),
  )
}

function item({ title, url, passage, language }: Found, opened: () => void): HTMLElement {
  const link = element('a', { href: new URL(url, base).href, target: '_blank', rel: 'noopener' }, title)
  link.addEventListener('click', opened)
  return element('li', { lang: language }, link, element('p', { class: 'quiet' }, passage))
}

async function ask<T>(path: string, query: Record<string, string>, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`${base}${path}?${new URLSearchParams(query)}`, {
    credentials: 'omit',
    ...(signal ? { signal } : {}),
  })
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as T
}

function languageOf(host: HTMLElement): string {
  return host.getAttribute('language') ?? (document.documentElement.lang || navigator.language)
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

customElements.define('svar-help', SvarHelp)
const help = document.createElement('svar-help')
if (script?.dataset['language']) help.setAttribute('language', script.dataset['language'])
document.body.append(help)
