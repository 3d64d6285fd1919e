/**
 * `<live-queue changes src changed every spread>`: fetches its content anew whenever the server says that it has changed, and every so
 * many seconds, which is also how the server knows that somebody is still here. Where many have the same page open, `spread`
 * milliseconds keep them from asking all at once. What is as it was is left alone.
 */
class LiveQueue extends HTMLElement {
  #events: EventSource | undefined
  #timer: number | undefined
  #wait: number | undefined
  #shown = ''

  connectedCallback(): void {
    this.#events = new EventSource(this.getAttribute('changes') ?? '')
    this.#events.addEventListener('changed', () => this.#soon())
    const seconds = Number(this.getAttribute('every') ?? 0)
    if (seconds > 0) this.#timer = window.setInterval(() => void this.#renew(), seconds * 1000)
  }

  disconnectedCallback(): void {
    this.#events?.close()
    window.clearInterval(this.#timer)
    window.clearTimeout(this.#wait)
  }

  #soon(): void {
    const spread = Number(this.getAttribute('spread') ?? 0)
    window.clearTimeout(this.#wait)
    this.#wait = window.setTimeout(() => void this.#renew(), Math.random() * spread)
  }

  async #renew(): Promise<void> {
    const response = await fetch(this.getAttribute('src') ?? '')
    if (!response.ok) return
    const text = await response.text()
    if (this.#shown === text) return
    this.#shown = text
    const focused =
      document.activeElement instanceof HTMLAnchorElement && this.contains(document.activeElement)
        ? document.activeElement.href
        : ''
    const pressed =
      document.activeElement instanceof HTMLButtonElement && this.contains(document.activeElement)
        ? document.activeElement.value
        : ''
    this.innerHTML = text
    // The focus stays on the case it was on, wherever that case has moved to.
    if (focused) [...this.querySelectorAll('a')].find((link) => link.href === focused)?.focus()
    if (pressed) [...this.querySelectorAll('button')].find(({ value }) => value === pressed)?.focus()
    const status = document.getElementById('status')
    if (status) status.textContent = this.getAttribute('changed')
  }
}

customElements.define('live-queue', LiveQueue)
