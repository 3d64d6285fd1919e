/**
 * `<agent-keys>`: j and k move through the list, r answers, n notes, u goes back, ? shows the keys. Every one of them only moves the
 * focus or presses what the mouse can press too.
 */
class AgentKeys extends HTMLElement {
  readonly #onKey = (event: KeyboardEvent): void => this.#pressed(event)

  connectedCallback(): void {
    document.addEventListener('keydown', this.#onKey)
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey)
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const act = this.#actions()[event.key]
    if (act?.()) event.preventDefault()
  }

  #actions(): Record<string, () => boolean> {
    return {
      j: () => this.#move(1),
      k: () => this.#move(-1),
      r: () => focusOn(this.getAttribute('reply')),
      n: () => openNote(this.getAttribute('note')),
      u: () => goTo(this.getAttribute('back')),
      '?': () => toggle(this.getAttribute('help')),
    }
  }

  #move(step: 1 | -1): boolean {
    const links = [...this.querySelectorAll<HTMLAnchorElement>('tbody th a')]
    if (links.length === 0) return false
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1)
    links[next]?.focus()
    return true
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

function focusOn(id: string | null): boolean {
  const field = id ? document.getElementById(id) : null
  field?.focus()
  return field !== null
}

function openNote(id: string | null): boolean {
  const details = id ? document.getElementById(id)?.closest('details') : null
  if (details) details.open = true
  return focusOn(id)
}

function goTo(path: string | null): boolean {
  if (path) location.assign(path)
  return path !== null
}

function toggle(id: string | null): boolean {
  const popover = id ? document.getElementById(id) : null
  popover?.togglePopover()
  return popover !== null
}

customElements.define('agent-keys', AgentKeys)
