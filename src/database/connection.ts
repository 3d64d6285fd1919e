import { Client, Pool } from 'pg'

/** Where a database is and as whom to log in, as a `postgres://` URL. */
export type Connection = { readonly connectionString: string }

/** A small pool that enters one role for good: for libraries that bring their own tables and queries. */
export function poolFor(
  { connectionString }: Connection,
  of: { readonly role: string; readonly schema: string; readonly max: number },
): Pool {
  const pool = new Pool({ connectionString, max: of.max, options: `-c role=${of.role} -c search_path=${of.schema}` })
  pool.on('error', () => {}) // an idle connection died; the next query opens another
  return pool
}

export type Login = { readonly name: string; readonly aboveTheWall: boolean; readonly serverVersion: number }

/** What a login is and may: `aboveTheWall` when it owns our tables or passes by row-level security. */
export async function describeLogin({ connectionString }: Connection): Promise<Login> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    const { rows } =
      await client.query<Login>(`select session_user as name, current_setting('server_version_num')::int as "serverVersion",
      (select rolsuper or rolbypassrls from pg_roles where rolname = session_user)
        or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'svar'
          and pg_has_role(session_user, c.relowner, 'USAGE')) as "aboveTheWall"`)
    const [login] = rows
    if (!login) throw new Error('the database did not say who we are')
    return login
  } finally {
    await client.end()
  }
}
