/**
 * Everything the browser gets, apart from the pane for other people's portals. Each element improves a page that works without it.
 */
import './elements/suggest-field.ts'
import './elements/live-queue.ts'
import './elements/count-down.ts'
import './elements/live-preview.ts'
import './elements/only-for.ts'
import './elements/agent-keys.ts'
import './elements/case-presence.ts'
import './elements/page-contents.ts'
import './elements/passkey-add.ts'
import './elements/passkey-sign-in.ts'
