import { Client } from 'pg'

export type Seeded = { readonly organizationId: string; readonly personId: string; readonly agentId: string }

const ORGANIZATIONS = 200

/**
 * Writes open cases with everything that belongs to them, by the server itself: several organizations, half of the cases waiting for
 * each side, two messages each. Needs the superuser; answers with an organization among them.
 */
export async function seedCases(
  url: string,
  of: { readonly operatorId: string; readonly cases: number },
): Promise<Seeded> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('set search_path = svar')
    await client.query("set session_replication_role = 'replica'") // the rows fit together; checking each takes minutes
    for (const statement of statements(of.operatorId, of.cases)) await client.query(statement)
    await client.query("set session_replication_role = 'origin'")
    await client.query('vacuum analyze')
    const { rows } = await client.query<Seeded>(`select organization_id as "organizationId", person_id as "personId",
      (select agent_id from agent where operator_id = '${of.operatorId}' limit 1) as "agentId"
      from person where name = 'Seeded 7'`)
    const [seeded] = rows
    if (!seeded) throw new Error('nothing was seeded')
    return seeded
  } finally {
    await client.end()
  }
}

function statements(operator: string, cases: number): readonly string[] {
  const seeded = "from support_case where number like '9%' and title like 'Seeded%'"
  return [
    `create temp table home as select n, gen_random_uuid() as organization_id, gen_random_uuid() as person_id
      from generate_series(1, ${ORGANIZATIONS}) n`,
    `insert into organization select organization_id, '${operator}', 'Seeded ' || n, 'DK', null, now() from home`,
    `insert into person (organization_id, operator_id, person_id, sign_in_id, email, name, language, zone, roles, active_from, created_at)
      select organization_id, '${operator}', person_id, 'seeded ' || n, 'seeded' || n || '@seed.test', 'Seeded ' || n, 'en',
        'Europe/Copenhagen', '{global-admin}', '2020-01-01', now() from home`,
    `insert into support_case (organization_id, operator_id, case_id, number, charter_version, title, support_type, topic, severity,
        because, business_impact, impact_answers, requester_id, contact_method, contact_email, language, waiting_for, opened_at,
        next_due_at, next_due_kind, wake_at, last_event)
      select organization_id, '${operator}', gen_random_uuid(), '9' || lpad(i::text, 10, '0'), 1, 'Seeded ' || i, 'technical',
        'exchange-mail-flow', 'A', '[]', '', '{}', person_id, 'email', 'seeded@seed.test', 'en',
        (array['operator', 'customer'])[1 + i % 2], due - interval '1 hour', due, 'initial-response', due, 1
      from (select i, now() + (i % 100000) * interval '1 second' as due from generate_series(1, ${cases}) i) numbered join home on home.n = 1 + i % ${ORGANIZATIONS}`,
    `insert into case_number select operator_id, number, organization_id, case_id ${seeded}`,
    `insert into message select organization_id, operator_id, case_id, gen_random_uuid(), 'member', requester_id, 'Seeded', 'public',
      'Nobody receives mail. ' || title, opened_at ${seeded}`,
    `insert into message select organization_id, operator_id, case_id, gen_random_uuid(), 'member', requester_id, 'Seeded', 'public',
      'Still nobody. ' || title, opened_at ${seeded}`,
    `insert into attachment select organization_id, operator_id, case_id, gen_random_uuid(), message_id, 'log.txt', 'text/plain', 3, 'log'
      from message where body like 'Still nobody.%0'`,
    `insert into event select organization_id, operator_id, case_id, 1, gen_random_uuid(), 'case.opened', 'member', requester_id,
      jsonb_build_object('severity', severity, 'supportType', support_type, 'contract', 'premium', 'version', '1'), opened_at ${seeded}`,
    `insert into clock (organization_id, operator_id, case_id, kind, cycle, severity, started_at, due_at, charter_version, rule, calendar, target)
      select organization_id, operator_id, case_id, 'initial-response', 1, severity, opened_at, next_due_at, 1, 0, 'always', '1 hour' ${seeded}`,
    `insert into escalation select organization_id, operator_id, case_id, event_id, 'initial-response', recorded_at, '{leads}',
      recorded_at, case when random() > 0.001 then recorded_at end from event where kind = 'case.opened'`,
    `insert into queue_counter select '${operator}', waiting_for, severity, 0, count(*) from support_case
      where operator_id = '${operator}' group by waiting_for, severity on conflict do nothing`,
  ]
}
