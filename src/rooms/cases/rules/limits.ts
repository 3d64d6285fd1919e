/** How long a message may be, in characters. */
export const MESSAGE_LIMIT = 20_000
