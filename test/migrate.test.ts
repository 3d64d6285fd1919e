import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { migrate } from '../src/database/migrate.ts'
import { world } from './world.ts'

const { superuserUrl: url } = await world()

async function change(statement: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query(statement)
  await client.end()
}

test('a migration that was edited after it ran is refused with what to do, and nothing is changed', async () => {
  assert.deepEqual(await migrate(url), [])
  await change(`update svar.kysely_migration_digest set digest = 'another' where name = '0001-ground'`)
  await assert.rejects(migrate(url), /0001-ground was another[\s\S]*SVAR_DATA/)
  await change('drop table svar.kysely_migration_digest')
  await assert.rejects(migrate(url), /0001-ground was another/, 'as before digests were kept')
})
