/** `<count-down seconds says>`: how much time is left, second by second; `says` holds the words with % for the number. */
class CountDown extends HTMLElement {
  #timer: number | undefined

  connectedCallback(): void {
    const end = performance.now() + Number(this.getAttribute('seconds')) * 1000
    const show = () => {
      const left = Math.max(0, Math.ceil((end - performance.now()) / 1000))
      this.textContent = (this.getAttribute('says') ?? '%').replace('%', String(left))
    }
    show()
    this.#timer = window.setInterval(show, 1000)
  }

  disconnectedCallback(): void {
    window.clearInterval(this.#timer)
  }
}

customElements.define('count-down', CountDown)
