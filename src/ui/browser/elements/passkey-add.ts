import { offer, offersPasskeys, optionsFrom, show } from './passkey-ceremony.ts'

/**
 * `<passkey-add label done failed cancelled existing>`: a button that makes a passkey on this device for whoever is signed in, and
 * then goes to `done`. Where the browser has no passkeys, what stands in the element stays.
 */
class PasskeyAdd extends HTMLElement {
  connectedCallback(): void {
    if (offersPasskeys()) offer(this, () => this.#add())
  }

  async #add(): Promise<void> {
    const options = await optionsFrom<PublicKeyCredentialCreationOptionsJSON>('/auth/passkey/generate-register-options')
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
    await show('/auth/passkey/verify-registration', await navigator.credentials.create({ publicKey }))
    location.assign(this.getAttribute('done') ?? '/')
  }
}

customElements.define('passkey-add', PasskeyAdd)
