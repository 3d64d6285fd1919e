/** The doors of this room: service health as clients of others speak it. */
export { graphDoor } from './graph.ts'
export { statusDoor } from './feeds.ts'
export { privateAddresses } from './private-addresses.ts'
export type { PrivateAddresses } from './private-addresses.ts'
export { publishOwnStatus, publishStatus, removeOwnStatus } from './publish.ts'
export type { FeedCaller, FeedParts, FeedSite } from './feed-site.ts'
