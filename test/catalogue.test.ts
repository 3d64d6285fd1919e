import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { world } from './world.ts'

const here = await world()

async function rows<T extends Record<string, unknown>>(statement: string): Promise<T[]> {
  const client = new Client(here.superuserUrl)
  await client.connect()
  try {
    return (await client.query<T>(statement)).rows
  } finally {
    await client.end()
  }
}

const ROLES = `'svar_customer', 'svar_agent', 'svar_job', 'svar_doorkeeper', 'svar_signin', 'svar_boss', 'svar_login'`

test('every table of ours has row-level security, enabled and forced', async () => {
  const open =
    await rows(`select relname from pg_class where relnamespace = 'svar'::regnamespace and relkind in ('r', 'p')
    and relname not like 'kysely%' and not (relrowsecurity and relforcerowsecurity)`)
  assert.deepEqual(open, [])
})

test('every right on a table of ours comes with a policy that checks what is read and what is written', async () => {
  const loose = await rows(`select distinct c.relname, r.rolname from pg_class c cross join pg_roles r
    where c.relnamespace = 'svar'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%' and r.rolname in (${ROLES})
      and has_any_column_privilege(r.oid, c.oid, 'select, insert, update')
      and not exists (select from pg_policy p where p.polrelid = c.oid and r.oid = any(p.polroles) and p.polcmd = '*'
        and p.polqual is not null and p.polwithcheck is not null)`)
  assert.deepEqual(loose, [])
})

test('keys, unique indexes and foreign keys of customer tables contain the organization, and primary keys begin with it', async () => {
  const keys = await rows<{
    relname: string
    definition: string
    kind: string
  }>(`select c.relname, pg_get_constraintdef(k.oid) as definition, k.contype as kind
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = 'svar'::regnamespace and k.contype in ('p', 'u', 'f')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')`)
  assert.ok(keys.length > 20)
  assert.deepEqual(
    keys.filter(({ kind, definition }) => kind === 'p' && !definition.startsWith('PRIMARY KEY (organization_id')),
    [],
  )
  assert.deepEqual(
    keys.filter(
      ({ kind, definition, relname }) =>
        kind !== 'p' && !definition.includes('organization_id') && relname !== 'organization',
    ),
    [],
  )
})

test('operator-wide tables begin their keys with the operator, or are ways in by a hash', async () => {
  const keys = await rows<{
    relname: string
    definition: string
  }>(`select c.relname, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = 'svar'::regnamespace and k.contype = 'p' and c.relname not like 'kysely%'
      and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')`)
  const others = keys.filter(({ definition }) => !definition.startsWith('PRIMARY KEY (operator_id'))
  assert.deepEqual(others.map(({ relname }) => relname).toSorted(), ['api_token', 'invitation', 'program_token'])
})

test('no login owns anything, is a superuser or passes by row-level security', async () => {
  assert.deepEqual(
    await rows(`select rolname from pg_roles where rolname in (${ROLES}) and (rolsuper or rolbypassrls or rolinherit)`),
    [],
  )
  assert.deepEqual(
    await rows(`select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in (${ROLES})`),
    [],
  )
  assert.deepEqual(
    await rows(`select relname from pg_class where relnamespace = 'svar'::regnamespace and relkind = 'r'
    and has_any_column_privilege('svar_login', oid, 'select, insert, update')`),
    [],
  )
})

test("no function runs with its definer's rights, and no view with its owner's", async () => {
  assert.deepEqual(
    await rows(
      `select proname from pg_proc where pronamespace in ('svar'::regnamespace, 'signin'::regnamespace) and prosecdef`,
    ),
    [],
  )
  assert.deepEqual(
    await rows(`select relname from pg_class where relnamespace = 'svar'::regnamespace and relkind in ('v', 'm', 'S')`),
    [],
  )
})

test('customers and agents may add jobs and read none', async () => {
  const readable =
    await rows(`select r.rolname from pg_roles r where r.rolname in ('svar_customer', 'svar_agent', 'svar_job')
    and (has_any_column_privilege(r.oid, 'pgboss.job', 'select, update') or has_table_privilege(r.oid, 'pgboss.job', 'delete'))`)
  assert.deepEqual(readable, [])
})
