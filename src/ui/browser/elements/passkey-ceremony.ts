import { tell } from './tell.ts'

/**
 * What the passkey elements share. The server speaks WebAuthn's own JSON forms; how a ceremony went wrong is named by an
 * attribute of the element, which holds the sentence for it: `cancelled`, `existing`, `unknown`, and `failed` for all else.
 */

/** The server refused; `status` says how. */
class CeremonyRefused extends Error {
  readonly status: number

  constructor(status: number) {
    super(`the server answered ${status}`)
    this.status = status
  }
}

/** Whether this browser makes passkeys at this address: they belong to a name, so an address in numbers has none. */
export function offersPasskeys(): boolean {
  const hasName = !/^[\d.]+$|^\[/.test(location.hostname)
  return hasName && 'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential
}

/** Puts the button that begins a ceremony where the element had what is shown without one. */
export function offer(element: HTMLElement, ceremony: () => Promise<void>): void {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = element.getAttribute('label')
  button.addEventListener('click', () => {
    button.disabled = true
    ceremony()
      .catch((error: unknown) => tell('alert', sentenceFor(element, error)))
      .finally(() => (button.disabled = false))
  })
  element.replaceChildren(button)
}

function sentenceFor(element: HTMLElement, error: unknown): string | null {
  return element.getAttribute(reasonOf(error)) ?? element.getAttribute('failed')
}

/** Browsers say `NotAllowedError` when somebody cancels, waits too long, or has no passkey for this site. */
function reasonOf(error: unknown): string {
  if (error instanceof CeremonyRefused) return error.status === 401 ? 'unknown' : 'failed'
  if (!(error instanceof DOMException)) return 'failed'
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return 'cancelled'
  return error.name === 'InvalidStateError' ? 'existing' : 'failed'
}

/** What the server wants signed. */
export async function optionsFrom<Options>(path: string): Promise<Options> {
  return (await answered(fetch(path))).json() as Promise<Options>
}

/** Shows the server what the device signed. */
export async function show(path: string, credential: Credential | null): Promise<void> {
  const response: unknown = (credential as PublicKeyCredential | null)?.toJSON()
  const body = JSON.stringify({ response })
  await answered(fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
}

async function answered(asked: Promise<Response>): Promise<Response> {
  const answer = await asked
  if (!answer.ok) throw new CeremonyRefused(answer.status)
  return answer
}
