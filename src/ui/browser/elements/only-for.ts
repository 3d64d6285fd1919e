/**
 * `<only-for field values>`: is there only while the field has one of the values, with `or-empty` also while it has
 * none; without JavaScript always.
 */
class OnlyFor extends HTMLElement {
  readonly #look = (): void => {
    const field = document.getElementById(this.getAttribute('field') ?? '')
    const value = field instanceof HTMLSelectElement ? field.value : ''
    const isAny = value === '' && this.hasAttribute('or-empty')
    this.hidden = !isAny && !(this.getAttribute('values') ?? '').split(' ').includes(value)
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
