import type { Locale } from '../../base/locale.ts'
import type { Database } from '../../database/work.ts'
import { addAgent } from './add.ts'
import { acceptInvitation } from './tokens.ts'

/** Uses an invitation up and makes the operator's first lead with it, in one commit. */
export async function acceptFirstLead(
  database: Database,
  of: {
    readonly operatorId: string
    readonly token: string
    readonly name: string
    readonly email: string
    readonly language: Locale
    readonly zone: string
  },
): Promise<void> {
  const { operatorId, token, ...facts } = of
  await database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    await acceptInvitation(work, operatorId, token)
    await addAgent(work, { ...facts, operatorId, lead: true })
  })
}
