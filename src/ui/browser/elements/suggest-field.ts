const PATIENCE = 120

type Answer = { readonly results: readonly Suggestion[]; readonly reference: string }
type Suggestion = { readonly title: string; readonly url: string; readonly passage: string; readonly language: string }

/**
 * `<suggest-field src label none one many slip>` around a search field: a combobox with suggestions while somebody types. Enter goes
 * to the chosen one, or sends the form as it would without this. How many there are is said in `#status`; `%` is the number.
 * Opening a suggestion tells the server which list it was chosen from. `slip` belongs to the question the page answers: put into the
 * address, it keeps a reload and the way back from asking anew.
 */
class SuggestField extends HTMLElement {
  readonly #list = document.createElement('ul')
  #input: HTMLInputElement | undefined
  #found: readonly Suggestion[] = []
  /** What the server calls the list that is shown. */
  #reference = ''
  /** The text that the suggestions are for. */
  #foundFor = ''
  #active = -1
  #timer: ReturnType<typeof setTimeout> | undefined
  #asking: AbortController | undefined

  connectedCallback(): void {
    const input = this.querySelector('input')
    if (!input || this.#input) return
    this.#input = input
    this.#keepSlip()
    this.#list.id = `${input.id}-suggestions`
    this.#list.hidden = true
    this.#list.setAttribute('role', 'listbox')
    this.#list.setAttribute('aria-label', this.getAttribute('label') ?? '')
    this.append(this.#list)
    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': this.#list.id,
    })) {
      input.setAttribute(name, value)
    }
    input.addEventListener('input', (event) => this.#typed(event))
    input.addEventListener('compositionend', () => this.#later())
    input.addEventListener('keydown', (event) => this.#pressed(event))
    input.addEventListener('blur', () => this.#close())
    // The field keeps the focus, or the list would be gone before the click arrives.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault())
    this.#list.addEventListener('click', (event) => this.#clicked(event))
  }

  #keepSlip(): void {
    const slip = this.getAttribute('slip')
    const here = new URL(location.href)
    if (!slip || here.searchParams.has('slip')) return
    here.searchParams.set('slip', slip)
    history.replaceState(history.state, '', here)
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
    this.#asking?.abort()
  }

  /** Half a Chinese word is still Latin letters: nothing is asked before it is composed. */
  #typed(event: Event & { readonly isComposing?: boolean }): void {
    if (!event.isComposing) this.#later()
  }

  #later(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#ask(), PATIENCE)
  }

  async #ask(): Promise<void> {
    this.#asking?.abort()
    const q = this.#input?.value.trim() ?? ''
    if (q === '') return this.#close()
    const { signal } = (this.#asking = new AbortController())
    try {
      const response = await fetch(`${this.getAttribute('src') ?? ''}?q=${encodeURIComponent(q)}`, {
        signal,
        headers: { accept: 'application/json' },
      })
      if (!response.ok) return
      const { results, reference } = (await response.json()) as Answer
      if (signal.aborted || document.activeElement !== this.#input) return
      this.#reference = reference
      this.#show(q, results)
    } catch {
      // Another letter was typed meanwhile, or the network is away: the form still works.
    }
  }

  #show(q: string, found: readonly Suggestion[]): void {
    this.#found = found
    this.#foundFor = q
    this.#list.replaceChildren(...found.map((one, at) => this.#option(one, at)))
    this.#choose(-1)
    this.#open(found.length > 0)
    this.#say(found.length === 0 ? 'none' : found.length === 1 ? 'one' : 'many', found.length)
  }

  #option({ title, passage, language }: Suggestion, at: number): HTMLElement {
    const option = document.createElement('li')
    option.id = `${this.#list.id}-${at}`
    option.lang = language
    option.setAttribute('role', 'option')
    option.setAttribute('aria-selected', 'false')
    const name = document.createElement('strong')
    name.textContent = title
    const text = document.createElement('small')
    text.textContent = passage
    option.append(name, document.createElement('br'), text)
    return option
  }

  #say(name: 'none' | 'one' | 'many', count: number): void {
    const status = document.getElementById('status')
    if (status) status.textContent = (this.getAttribute(name) ?? '').replace('%', String(count))
  }

  #pressed(event: KeyboardEvent): void {
    if (event.isComposing) return
    const open = !this.#list.hidden
    if (event.key === 'Escape' && open) this.#close()
    else if (event.key === 'Enter' && open && this.#active >= 0) this.#go()
    else if (event.key === 'ArrowDown' && !open && this.#found.length > 0) this.#reopen()
    else if (!open || !this.#moved(event.key)) return
    event.preventDefault()
  }

  /** What was closed is opened again with its first chosen, unless the text has become another. */
  #reopen(): void {
    if (this.#foundFor !== this.#input?.value.trim()) return void this.#ask()
    this.#open(true)
    this.#choose(0)
  }

  /** Home and End stay with the text until an option is chosen. Beyond the ends is the text itself. */
  #moved(key: string): boolean {
    const last = this.#found.length - 1
    if (key === 'ArrowDown') this.#choose(this.#active === last ? -1 : this.#active + 1)
    else if (key === 'ArrowUp') this.#choose(this.#active === -1 ? last : this.#active - 1)
    else if (key === 'Home' && this.#active >= 0) this.#choose(0)
    else if (key === 'End' && this.#active >= 0) this.#choose(last)
    else return false
    return true
  }

  #choose(at: number): void {
    this.#active = at
    const options = [...this.#list.children]
    options.forEach((option, index) => option.setAttribute('aria-selected', String(index === at)))
    const chosen = options[at]
    if (chosen) {
      this.#input?.setAttribute('aria-activedescendant', chosen.id)
      chosen.scrollIntoView({ block: 'nearest' })
    } else this.#input?.removeAttribute('aria-activedescendant')
  }

  #clicked({ target }: Event): void {
    const option = target instanceof Element ? target.closest('[role="option"]') : null
    if (!option) return
    this.#active = [...this.#list.children].indexOf(option)
    this.#go()
  }

  #go(): void {
    const chosen = this.#found[this.#active]
    if (!chosen) return
    const query = new URLSearchParams({ q: this.#foundFor, settled: this.#reference })
    void fetch(`${this.getAttribute('src') ?? ''}?${query}`, { keepalive: true }).catch(() => {})
    location.assign(chosen.url)
  }

  #open(open: boolean): void {
    this.#list.hidden = !open
    this.#input?.setAttribute('aria-expanded', String(open))
  }

  #close(): void {
    clearTimeout(this.#timer)
    this.#asking?.abort()
    this.#choose(-1)
    this.#open(false)
  }
}

customElements.define('suggest-field', SuggestField)
