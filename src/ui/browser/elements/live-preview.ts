const PATIENCE = 400

/**
 * `<live-preview src for>` around a preview: shows what the form says about the text of the field `for` while somebody types. The
 * server renders and sanitises it, as it does for the button that works without this.
 */
class LivePreview extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined
  #asking: AbortController | undefined

  connectedCallback(): void {
    const field = document.getElementById(this.getAttribute('for') ?? '')
    if (!(field instanceof HTMLTextAreaElement)) return
    field.addEventListener('input', () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.#show(field), PATIENCE)
    })
    if (field.value) void this.#show(field)
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
    this.#asking?.abort()
  }

  async #show({ form, value }: HTMLTextAreaElement): Promise<void> {
    this.#asking?.abort()
    const { signal } = (this.#asking = new AbortController())
    const language = form ? new FormData(form).get('language') : ''
    const body = new URLSearchParams({ language: typeof language === 'string' ? language : '', body: value })
    try {
      const response = await fetch(this.getAttribute('src') ?? '', { method: 'POST', body, signal })
      const shown = this.querySelector('[data-shown]')
      if (!response.ok || !shown) return
      shown.innerHTML = await response.text()
      shown.setAttribute('lang', body.get('language') ?? '')
      this.querySelector('.hint')?.remove()
    } catch {
      // Another letter was typed meanwhile, or the network is away: the button still works.
    }
  }
}

customElements.define('live-preview', LivePreview)
