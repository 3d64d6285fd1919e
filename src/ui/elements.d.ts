import 'hono/jsx'

type Attributes = Record<string, unknown>

/** The custom elements of `ui/browser`, for the pages that use them. */
declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'passkey-sign-in': Attributes
      'passkey-add': Attributes
      'suggest-field': Attributes
      'live-queue': Attributes
      'count-down': Attributes
      'only-for': Attributes
      'live-preview': Attributes
      'agent-keys': Attributes
      'case-presence': Attributes
      'page-contents': Attributes
    }
  }
}
