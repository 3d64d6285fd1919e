import { offer, offersPasskeys, optionsFrom, show } from './passkey-ceremony.ts'

/** `<passkey-sign-in label back failed cancelled unknown>`: a button that signs in with a passkey, where the browser has any. */
class PasskeySignIn extends HTMLElement {
  connectedCallback(): void {
    if (offersPasskeys()) offer(this, () => this.#signIn())
  }

  async #signIn(): Promise<void> {
    const path = '/auth/passkey/generate-authenticate-options'
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
      await optionsFrom<PublicKeyCredentialRequestOptionsJSON>(path),
    )
    await show('/auth/passkey/verify-authentication', await navigator.credentials.get({ publicKey }))
    location.assign(this.getAttribute('back') ?? '/')
  }
}

customElements.define('passkey-sign-in', PasskeySignIn)
