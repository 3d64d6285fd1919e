import { tell } from './tell.ts'

/** `<passkey-add label added failed>`: a button that makes a passkey on this device for whoever is signed in. */
class PasskeyAdd extends HTMLElement {
  connectedCallback(): void {
    if (!('PublicKeyCredential' in window) || !('parseCreationOptionsFromJSON' in PublicKeyCredential)) return
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = this.getAttribute('label')
    button.addEventListener('click', () => {
      this.#add().then(
        () => tell('status', this.getAttribute('added')),
        () => tell('alert', this.getAttribute('failed')),
      )
    })
    this.append(button)
  }

  async #add(): Promise<void> {
    const asked = await fetch('/auth/passkey/generate-register-options')
    const options = (await asked.json()) as PublicKeyCredentialCreationOptionsJSON
    const credential = await navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
    })
    const response = (credential as PublicKeyCredential | null)?.toJSON() as unknown
    const answer = await fetch('/auth/passkey/verify-registration', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response }),
    })
    if (!answer.ok) throw new Error('refused')
  }
}

customElements.define('passkey-add', PasskeyAdd)
