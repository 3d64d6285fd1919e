/** `<only-for field values>`: is there only while the field has one of the values; without JavaScript always. */
class OnlyFor extends HTMLElement {
  readonly #look = (): void => {
    const field = document.getElementById(this.getAttribute('field') ?? '')
    const value = field instanceof HTMLSelectElement ? field.value : ''
    this.hidden = !(this.getAttribute('values') ?? '').split(' ').includes(value)
  }

  connectedCallback(): void {
    document.getElementById(this.getAttribute('field') ?? '')?.addEventListener('change', this.#look)
    this.#look()
  }

  disconnectedCallback(): void {
    document.getElementById(this.getAttribute('field') ?? '')?.removeEventListener('change', this.#look)
  }
}

customElements.define('only-for', OnlyFor)
