import { tell } from './tell.ts'

/**
 * `<passkey-sign-in label failed back>`: a button that signs in with a passkey of this device, where the browser has any.
 * The server speaks WebAuthn's own JSON forms.
 */
class PasskeySignIn extends HTMLElement {
  connectedCallback(): void {
    if (!('PublicKeyCredential' in window) || !('parseRequestOptionsFromJSON' in PublicKeyCredential)) return
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = this.getAttribute('label')
    button.addEventListener('click', () => void this.#signIn().catch(() => tell('alert', this.getAttribute('failed'))))
    this.append(button)
  }

  async #signIn(): Promise<void> {
    const asked = await fetch('/auth/passkey/generate-authenticate-options')
    const options = (await asked.json()) as PublicKeyCredentialRequestOptionsJSON
    const credential = await navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
    })
    const response = (credential as PublicKeyCredential | null)?.toJSON() as unknown
    const answer = await fetch('/auth/passkey/verify-authentication', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response }),
    })
    if (!answer.ok) throw new Error('refused')
    location.assign(this.getAttribute('back') ?? '/')
  }
}

customElements.define('passkey-sign-in', PasskeySignIn)
