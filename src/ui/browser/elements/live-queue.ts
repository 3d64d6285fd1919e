/**
 * `<live-queue changes src changed spread>`: fetches its content anew whenever the server says that something has changed. Where many
 * have the same page open, `spread` milliseconds keep them from asking all at once.
 */
class LiveQueue extends HTMLElement {
  #events: EventSource | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  connectedCallback(): void {
    this.#events = new EventSource(this.getAttribute('changes') ?? '')
    this.#events.addEventListener('changed', () => this.#soon())
  }

  disconnectedCallback(): void {
    this.#events?.close()
    clearTimeout(this.#timer)
  }

  #soon(): void {
    const spread = Number(this.getAttribute('spread') ?? 0)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#renew(), Math.random() * spread)
  }

  async #renew(): Promise<void> {
    const response = await fetch(this.getAttribute('src') ?? '')
    if (!response.ok) return
    const focused =
      document.activeElement instanceof HTMLAnchorElement && this.contains(document.activeElement)
        ? document.activeElement.href
        : ''
    this.innerHTML = await response.text()
    // The focus stays on the case it was on, wherever that case has moved to.
    if (focused) [...this.querySelectorAll('a')].find((link) => link.href === focused)?.focus()
    const status = document.getElementById('status')
    if (status) status.textContent = this.getAttribute('changed')
  }
}

customElements.define('live-queue', LiveQueue)
