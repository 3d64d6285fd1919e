/** `<live-queue changes src changed>`: fetches its content anew whenever the server says that the queue has changed. */
class LiveQueue extends HTMLElement {
  #events: EventSource | undefined

  connectedCallback(): void {
    this.#events = new EventSource(this.getAttribute('changes') ?? '')
    this.#events.addEventListener('changed', () => void this.#renew())
  }

  disconnectedCallback(): void {
    this.#events?.close()
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
