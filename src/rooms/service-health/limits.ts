/** How long the texts of an incident may be, in characters. */
export const LIMITS = { title: 150, impact: 2000, post: 8000, word: 500, symptom: 500 } as const
