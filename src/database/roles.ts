import type { Client } from 'pg'

/**
 * The roles of the wall. `svar_owner` owns and migrates, nobody logs in as it; `svar_login` logs in, inherits nothing and owns
 * nothing; the others have rights and policies and are entered per transaction (LOGIN, as Citus reaches its workers as them).
 */
const ENTERED_ROLES = [
  'svar_customer',
  'svar_agent',
  'svar_job',
  'svar_doorkeeper',
  'svar_signin',
  'svar_boss',
] as const

/** Makes the roles that are missing. Needs a role that may create roles; running it again changes nothing. */
export async function ensureRoles(client: Client): Promise<void> {
  await ensureRole(client, 'svar_owner', 'nologin noinherit')
  await ensureRole(client, 'svar_login', 'login noinherit')
  for (const role of ENTERED_ROLES) {
    await ensureRole(client, role, 'login noinherit')
    await client.query(`grant ${role} to svar_login`)
  }
  await client.query('alter role svar_login set search_path = svar')
  await client.query("alter role svar_login set timezone = 'UTC'")
}

async function ensureRole(client: Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
  if (rowCount) return
  await client.query(`create role ${name} ${attributes}`).catch((error: { code?: string }) => {
    // Two first starts at once: the other one made it.
    if (error.code !== '42710' && error.code !== '23505') throw error
  })
}
