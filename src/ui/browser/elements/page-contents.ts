/** `<page-contents>`: marks, in a list of links to places on the page, the place that is being read. */
class PageContents extends HTMLElement {
  #observer: IntersectionObserver | undefined

  connectedCallback(): void {
    const links = new Map(
      [...this.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')].flatMap((link) => {
        const place = document.getElementById(decodeURIComponent(link.hash.slice(1)))
        return place ? [[place, link] as const] : []
      }),
    )
    const places = [...links.keys()]
    this.#observer = new IntersectionObserver(
      () => {
        // The last heading that has passed the upper third is the one being read under.
        const read = places.findLast((place) => place.getBoundingClientRect().top < innerHeight / 3) ?? places[0]
        for (const [place, link] of links) {
          if (place === read) link.setAttribute('aria-current', 'location')
          else link.removeAttribute('aria-current')
        }
      },
      { rootMargin: '0px 0px -66% 0px' },
    )
    for (const place of places) this.#observer.observe(place)
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect()
  }
}

customElements.define('page-contents', PageContents)
