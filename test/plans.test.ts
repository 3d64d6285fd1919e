import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { plansOfLists } from '../bench/plans.ts'
import { seedCases } from '../bench/seed-cases.ts'
import { world } from './world.ts'

const here = await world()

/** A clock of each case that was due at some time in the last five years, so that a report is about a part of them. */
async function seedHistory(): Promise<void> {
  const client = new Client(here.superuserUrl)
  await client.connect()
  await client.query(`insert into svar.clock (organization_id, operator_id, case_id, kind, cycle, severity, started_at, due_at, met_at,
      charter_version, rule, calendar, target)
    select organization_id, operator_id, case_id, 'next-response', 1, severity, opened_at - ago, next_due_at - ago, opened_at - ago,
      1, 0, 'always', '1 hour'
    from (select *, random() * interval '1800 days' as ago from svar.support_case) cases`)
  const { microsoft } = here.operators
  // Five hundred questions a day for a hundred days, the last week unsettled, the last month unforgotten; a thousand articles.
  await client.query(`insert into svar.help_question (operator_id, question_id, language, text, group_key, place, found, shown, asked_at,
      visit_id, person_id, holder_id, settled_at, forgotten_at)
    select '${microsoft}', gen_random_uuid(), 'en', 'Seeded ' || i % 3000, 'seeded ' || i % 3000, 'page', 3, '{a,b,c}', at,
      case when fresh then gen_random_uuid() end, case when fresh then person_id end, case when fresh then organization_id end,
      case when i > 3500 then now() end, case when not fresh then now() end
    from (select i, now() - i * interval '172.8 seconds' as at, i < 15000 as fresh from generate_series(1, 50000) i) questions
    join (select row_number() over () - 1 as n, person_id, organization_id from svar.person) people
      on people.n = i % (select count(*) from svar.person)`)
  await client.query(`insert into svar.own_article (operator_id, article_id, source_language, created_at)
    select '${microsoft}', 'here/' || i, 'en', now() from generate_series(1, 1000) i`)
  await client.query(`insert into svar.own_article_version (operator_id, article_id, language, version, title, description, products, body,
      written_by, published_by, published_at)
    select '${microsoft}', 'here/' || i, language, version, 'Seeded', '', '{}', 'Seeded', gen_random_uuid(), gen_random_uuid(), now()
    from generate_series(1, 1000) i, generate_series(1, 5) version, unnest('{en,da,zh-Hans}'::text[]) language`)
  // A call made in every case, at some time in five years; two hundred that wait.
  await client.query(`insert into svar.promised_call (organization_id, operator_id, call_id, case_id, queue, topic, severity, severity_rank,
      language, zone, phone, phone_written, state, asked_at, misses, passed, called_at, promised_until)
    select organization_id, operator_id, gen_random_uuid(), case_id, support_type, topic, severity, 1, 'en', 'UTC', '+4532123456', '',
      case when row_number() over () <= 200 then 'waiting' else 'done' end, at, 0, '{}', at, at
    from (select *, opened_at - random() * interval '1800 days' as at from svar.support_case) cases`)
  await client.query(`insert into svar.call_event (organization_id, operator_id, call_id, event_id, kind, queue, severity_rank, recorded_at, learned)
    select organization_id, operator_id, call_id, gen_random_uuid(), 'done', queue, 1, asked_at, true from svar.promised_call`)
  await client.query(`insert into svar.call_seat (operator_id, starts_at, agent_id, call_id)
    select operator_id, now() - row_number() over () * interval '1 hour', gen_random_uuid(), call_id from svar.promised_call`)
  await client.query(`insert into svar.right_grant (organization_id, operator_id, grant_id, person_id, role, starts_at, ends_at, given_by, given_at)
    select organization_id, operator_id, gen_random_uuid(), person_id, 'global-admin', now(), now() + interval '1 day', person_id, now()
    from svar.person, generate_series(1, 20)`)
  await client.query(`insert into svar.right_event (organization_id, operator_id, event_id, kind, actor_kind, payload, recorded_at)
    select organization_id, operator_id, gen_random_uuid(), 'roles.changed', 'member', '{}', now() from svar.person, generate_series(1, 50)`)
  await client.query(`insert into svar.colleague_question (organization_id, operator_id, question_id, asked_by, title, description, rest, asked_at)
    select organization_id, operator_id, gen_random_uuid(), person_id, 'Seeded', '', '{}', now() from svar.person, generate_series(1, 20)`)
  await client.query(`insert into svar.partner_relation (organization_id, operator_id, partner_id, name, roles, proposed_at, consented_at, ends_at,
      extends, look_at)
    select organization_id, operator_id, gen_random_uuid(), 'Seeded', '{service-admin}', now(), now(), now() + i * interval '1 day', true,
      now() + i * interval '1 day'
    from svar.organization, generate_series(1, 500) i`)
  await client.query(`with program as (insert into svar.program (operator_id, program_id, holder_id, name, scopes, secret_hash, made_at, expires_at)
      select operator_id, gen_random_uuid(), organization_id, 'Seeded ' || i, '{}', repeat('0', 64), now(), now() from svar.organization, generate_series(1, 10) i
      returning *)
    insert into svar.program_event (operator_id, event_id, program_id, holder_id, kind, actor_kind, recorded_at)
    select operator_id, gen_random_uuid(), program_id, holder_id, case when i % 50 = 0 then 'token-refused' else 'token-issued' end, 'job', now()
    from program, generate_series(1, 100) i`)
  // Two thousand incidents over five years, ten of them open; half of the cases hung on one.
  await client.query(`insert into svar.incident (operator_id, incident_id, kind, service, origin, state, source_language, title, impact,
      started_at, ended_at, declared_at, published_at, updated_at)
    select '${microsoft}', gen_random_uuid(), 'incident', 'mail', 'operator', 'serviceRestored', 'en', '{"en":"Seeded"}', '{"en":"Seeded"}',
      at, case when i > 10 then at + interval '2 hours' end, at, at, at
    from (select i, now() - i * interval '1 day' as at from generate_series(1, 2000) i) days`)
  await client.query(`insert into svar.incident_state (operator_id, incident_id, sequence, state, entered_at, recorded_at)
    select operator_id, incident_id, i, 'investigating', started_at, started_at from svar.incident, generate_series(1, 3) i`)
  await client.query(`insert into svar.incident_post (operator_id, incident_id, post_id, kind, source_language, texts, written_at, review,
      published_at)
    select operator_id, incident_id, gen_random_uuid(), 'regular', 'en', '{"en":"Seeded"}', started_at, 'none', started_at
    from svar.incident, generate_series(1, 3)`)
  const picked = `(select *, row_number() over () as place from svar.incident) incident`
  await client.query(`insert into svar.incident_follower (organization_id, operator_id, incident_id, person_id, followed_at)
    select person.organization_id, person.operator_id, incident_id, person_id, now() from svar.person join ${picked} on place % 10 = 0 where person.operator_id = incident.operator_id`)
  await client.query(`insert into svar.incident_impact (organization_id, operator_id, incident_id, person_id, people, word, added_at)
    select organization_id, person.operator_id, incident_id, person_id, 5, 'Seeded', now()
    from (select distinct on (organization_id) * from svar.person) person join ${picked} on place % 10 = 0
    where person.operator_id = incident.operator_id`)
  await client.query(`insert into svar.health_report (organization_id, operator_id, report_id, person_id, service, symptom, language, since, people,
      reported_at, settled_at)
    select organization_id, operator_id, gen_random_uuid(), person_id, 'mail', 'Seeded', 'en', at, 5, at, case when i > 1 then at end
    from svar.person, (select i, now() - i * interval '1 day' as at from generate_series(1, 100) i) days`)
  await client.query(`insert into svar.incident_case (organization_id, operator_id, case_id, incident_id, linked_at)
    select organization_id, cases.operator_id, case_id, incident_id, opened_at
    from (select *, row_number() over () as n from svar.support_case) cases join ${picked} on place = 1 + n % 2000 where n % 2 = 0 and cases.operator_id = incident.operator_id`)
  await client.query(`insert into svar.case_not_about (organization_id, operator_id, case_id, incident_id, said_at)
    select organization_id, operator_id, case_id, incident_id, linked_at from svar.incident_case`)
  await client.query(
    'vacuum analyze svar.incident, svar.incident_state, svar.incident_post, svar.incident_follower, svar.incident_impact, svar.health_report, svar.incident_case, svar.case_not_about',
  )
  // Each case was asked about on the phone once, by who asked for it.
  await client.query(`insert into svar.caller_check (organization_id, operator_id, check_id, case_id, person_id, agent_id, state, asked_at, expires_at)
    select organization_id, operator_id, gen_random_uuid(), case_id, requester_id, gen_random_uuid(), 'verified', opened_at, opened_at
    from svar.support_case`)
  // Twenty thousand who listen, half of them daily; webhooks with a month of messages.
  await client.query(`with people as (insert into svar.person (organization_id, operator_id, person_id, sign_in_id, email, name, language, zone, active_from,
        created_at)
      select organization_id, operator_id, gen_random_uuid(), 'many ' || i, 'many' || i || '@seeded.test', 'Many', 'en', 'UTC', now(), now()
      from svar.organization, generate_series(1, 10000) i where operator_id = '${microsoft}' and name in ('Havn Logistik', 'Livs Bageri') returning *)
    insert into svar.health_subscription (organization_id, operator_id, person_id, digest_minute, digest_due_at, digest_since, subscribed_at)
    select organization_id, operator_id, person_id, case when daily then 480 end, case when daily then now() + random() * interval '1 day' end,
      case when daily then now() end, now()
    from (select *, random() < 0.5 as daily from people) people`)
  await client.query(`with hooks as (insert into svar.health_webhook (organization_id, operator_id, webhook_id, url, secret, language, made_by, made_at)
      select organization_id, operator_id, gen_random_uuid(), 'https://seeded.test', '', 'en', organization_id, now()
      from (select * from svar.organization limit 40) organization, generate_series(1, 50) returning *)
    insert into svar.health_delivery (organization_id, operator_id, webhook_id, delivery_id, incident_id, body, written_at, state, tries)
    select organization_id, operator_id, webhook_id, gen_random_uuid(), webhook_id, '', now() - i * interval '1 hour', 'delivered', 1
    from hooks, generate_series(1, 20) i`)
  // Ten thousand organizations with a private address, all of whose files are fresh.
  await client.query(`with made as (insert into svar.organization (organization_id, operator_id, name, country, created_at)
      select gen_random_uuid(), '${microsoft}', 'Addressed ' || i, 'DK', now() from generate_series(1, 10000) i returning *),
    people as (insert into svar.person (organization_id, operator_id, person_id, sign_in_id, email, name, language, zone, active_from, created_at)
      select organization_id, operator_id, organization_id, name, name, name, 'en', 'UTC', now(), now() from made returning *),
    addresses as (insert into svar.status_address (organization_id, operator_id, address_id, made_by, made_at)
      select organization_id, operator_id, gen_random_uuid(), person_id, now() from people returning *)
    insert into svar.status_address_file (organization_id, operator_id, address_id, read_at)
    select organization_id, operator_id, address_id, now() from addresses`)
  await client.query('vacuum analyze svar.organization, svar.status_address, svar.status_address_file')
  await client.query(
    'vacuum analyze svar.caller_check, svar.person, svar.health_subscription, svar.health_webhook, svar.health_delivery, svar.program, svar.program_event, svar.promised_call, svar.call_event, svar.call_seat, svar.partner_relation, svar.right_grant, svar.right_event, svar.colleague_question, svar.clock, svar.help_question, svar.own_article, svar.own_article_version',
  )
  // Twenty thousand small organizations with an add-on; half have begun its checklist, some with a long history.
  await client.query(`insert into svar.organization (organization_id, operator_id, name, country, created_at)
    select gen_random_uuid(), '${microsoft}', 'Small ' || i, 'US', now() from generate_series(1, 20000) i`)
  await client.query(`insert into svar.add_on (organization_id, operator_id, add_on, seats, starts_at)
    select organization_id, operator_id, 'business-assist', 1 + length(name) % 6, now() - random() * interval '900 days' from svar.organization
    where name like 'Small %'`)
  await client.query(`insert into svar.onboarding (organization_id, operator_id, checklist, begun_at, moved_at)
    select organization_id, operator_id, 'settling-in', starts_at, starts_at + random() * interval '90 days' from svar.add_on where random() < 0.5`)
  await client.query(`insert into svar.onboarding_event (organization_id, operator_id, checklist, sequence, event_id, step, kind, word, actor_kind,
      actor_id, charter_version, recorded_at)
    select organization_id, operator_id, checklist, i, gen_random_uuid(), (array['one', 'two', 'three', 'four', 'five'])[1 + i % 5],
      case when i > 5 then 'noted' else 'done' end, 'Seeded', 'member', gen_random_uuid(), 1, moved_at
    from (select *, row_number() over () as place from svar.onboarding) onboarding
    cross join lateral generate_series(1, case when place % 100 = 0 then 500 else 8 end) i`)
  await client.query('vacuum analyze svar.organization, svar.add_on, svar.onboarding, svar.onboarding_event')
  await client.end()
}

test('no list of cases reads a whole table: each walks an index, with 20,000 cases there', async () => {
  const seeded = await seedCases(here.superuserUrl, { operatorId: here.operators.microsoft, cases: 20_000 })
  await seedHistory()
  const plans = await plansOfLists(here.url, { operatorId: here.operators.microsoft, ...seeded })
  assert.ok(plans.length >= 8)
  for (const { question, scanned } of plans) assert.deepEqual(scanned, [], `${question} scans ${scanned.join()}`)
})
