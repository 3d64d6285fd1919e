const EVERY = 10_000

/** `<case-presence src text>`: says that I am here, and who else is, every ten seconds while the page is visible. */
class CasePresence extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined

  connectedCallback(): void {
    this.#timer = setInterval(() => void this.#look(), EVERY)
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (document.visibilityState !== 'visible') return
    const response = await fetch(this.getAttribute('src') ?? '', { headers: { accept: 'application/json' } })
    if (!response.ok) return
    const { others } = (await response.json()) as { others: readonly string[] }
    this.hidden = others.length === 0
    this.textContent = (this.getAttribute('text') ?? '%').replace('%', others.join(', '))
  }
}

customElements.define('case-presence', CasePresence)
