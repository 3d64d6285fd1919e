/** Health notices: who is told of service health without looking, by mail and by webhook, and how he ends it. */
export { askFollowers } from './ask-followers.ts'
export { sendDigests } from './digest.ts'
export { tellSubscribers } from './tell.ts'
export type { Notice, NoticeLinks } from './tell.ts'
export { unsubscribing } from './unsubscribing.ts'
export type { Unsubscribing } from './unsubscribing.ts'
export { forgetDeliveries, postWebhook, tellWebhooks } from './webhooks.ts'
