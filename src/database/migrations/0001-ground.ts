/**
 * The first schema. Customer tables start every key with `organization_id`, operator-wide tables with `operator_id`;
 * row-level security is enabled and forced on all of them, with a policy per role that has rights at all.
 */
export function ground(): string {
  return [TABLES, policies(), SIGN_IN].join('\n')
}

const TABLES = `
create table operator (
  operator_id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,30}$'),
  created_at timestamptz not null
);

create table charter_version (
  operator_id uuid not null references operator,
  version int not null,
  document jsonb not null,
  digest text not null,
  applied_at timestamptz not null,
  primary key (operator_id, version)
);

-- Who put a version in force from inside the product, and what for. Facts, never edited.
create table charter_audit (
  operator_id uuid not null,
  entry_id uuid not null,
  version int not null,
  kind text not null,
  agent_id uuid not null,
  payload jsonb not null,
  recorded_at timestamptz not null,
  primary key (operator_id, entry_id),
  foreign key (operator_id, version) references charter_version
);

-- Public holidays somebody proposed for a year of a layer of the charter; nothing moves until a support lead decides.
create table holiday_proposal (
  operator_id uuid not null references operator,
  proposal_id uuid not null,
  layer text not null,
  year int not null,
  days jsonb not null,
  difference jsonb not null,
  source text not null,
  proposed_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decision text check (decision in ('approved', 'rejected')),
  check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
  primary key (operator_id, proposal_id)
);

create table organization (
  organization_id uuid not null,
  operator_id uuid not null references operator,
  name text not null,
  country char(2) not null,
  contract text,
  created_at timestamptz not null,
  -- Somebody who asked before buying: an organization of one person, until it becomes a customer.
  prospect boolean not null default false,
  primary key (organization_id)
);
create index organization_of_operator on organization (operator_id, organization_id);

create table partner_of_record (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  name text not null,
  phone text,
  email text,
  website text,
  primary key (organization_id)
);

-- A partner who wants to act for an organization, with which roles and until when; the organization consents, and may withdraw.
create table partner_relation (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  partner_id uuid not null,
  name text not null,
  roles text[] not null,
  proposed_at timestamptz not null,
  consented_at timestamptz,
  withdrawn_at timestamptz,
  ends_at timestamptz not null,
  -- Goes on by a year at a time until somebody says otherwise.
  extends boolean not null,
  -- When a notice is to be written, or the end has come. Infinity for never.
  look_at timestamptz not null,
  primary key (organization_id, partner_id)
);
create index partner_relation_look on partner_relation (look_at) where look_at < 'infinity';

create table person (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  person_id uuid not null,
  sign_in_id text not null,
  email text not null,
  email_key text not null generated always as (lower(email)) stored,
  name text not null,
  phone text,
  language text not null,
  zone text not null,
  roles text[] not null default '{}',
  -- The partner whose people act here for the organization; null for its own people.
  partner_id uuid,
  partner_name text,
  -- From when until when the person may do anything here. Without a beginning: not yet.
  active_from timestamptz,
  active_until timestamptz not null default 'infinity',
  created_at timestamptz not null,
  check ((partner_id is null) = (partner_name is null)),
  primary key (organization_id, person_id)
);
create index person_by_sign_in on person (sign_in_id);

-- What an organization has bought. A case may name the one it is about.
create table subscription (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  subscription_id uuid not null,
  name text not null,
  seats int not null check (seats > 0),
  sold_by_partner boolean not null,
  bought_at timestamptz not null,
  primary key (organization_id, subscription_id)
);

-- Support bought on top, for so many people.
create table add_on (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  add_on text not null,
  seats int not null check (seats > 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null default 'infinity',
  primary key (organization_id, add_on)
);
create index add_on_by_age on add_on (operator_id, add_on, starts_at, organization_id);

-- Who uses an add-on, by numbers from 1 to its seats: two who take the last one at once get one number, and one of them tries again.
create table add_on_seat (
  organization_id uuid not null,
  operator_id uuid not null,
  add_on text not null,
  number int not null,
  person_id uuid not null,
  taken_at timestamptz not null,
  constraint add_on_seat_once primary key (organization_id, add_on, number),
  foreign key (organization_id, add_on) references add_on,
  foreign key (organization_id, person_id) references person
);
create unique index add_on_seat_person_once on add_on_seat (organization_id, add_on, person_id);

-- The checklists an organization has begun, and when something last happened to each.
create table onboarding (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  checklist text not null,
  begun_at timestamptz not null,
  moved_at timestamptz not null,
  primary key (organization_id, checklist)
);
create index onboarding_by_silence on onboarding (operator_id, checklist, moved_at, organization_id);

-- What happened to the steps of a checklist. Facts, never edited: where a step stands is what was last said of it, and a step that the
-- charter takes out stands here only.
create table onboarding_event (
  organization_id uuid not null,
  operator_id uuid not null,
  checklist text not null,
  sequence int not null,
  -- Of what was sent: a form that is sent twice is one event.
  event_id uuid not null,
  step text not null,
  kind text not null check (kind in ('done', 'not-for-us', 'reopened', 'noted')),
  word text not null check (word <> '' or kind in ('done', 'reopened')),
  actor_kind text not null check (actor_kind in ('member', 'partner', 'agent')),
  actor_id uuid not null,
  -- The version whose words the reader had before him.
  charter_version int not null,
  recorded_at timestamptz not null,
  constraint onboarding_event_once primary key (organization_id, checklist, sequence),
  unique (organization_id, event_id),
  foreign key (organization_id, checklist) references onboarding
);
create index onboarding_event_of_step on onboarding_event (organization_id, checklist, step, sequence);

-- A role for a part of what there is, or for a time. Roles for everything and without an end stand with the person.
create table right_grant (
  organization_id uuid not null,
  operator_id uuid not null,
  grant_id uuid not null,
  person_id uuid not null,
  role text not null,
  -- Null: whatever the role may ask; for all subscriptions.
  support_types text[],
  subscription_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  given_by uuid not null,
  given_at timestamptz not null,
  check (starts_at < ends_at),
  primary key (organization_id, grant_id),
  foreign key (organization_id, person_id) references person,
  foreign key (organization_id, subscription_id) references subscription
);
create index right_grant_of_person on right_grant (organization_id, person_id);

-- Who gave, ended, used or was refused which right. Facts, never edited.
create table right_event (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  event_id uuid not null,
  kind text not null,
  actor_kind text not null,
  actor_id uuid,
  payload jsonb not null,
  recorded_at timestamptz not null,
  primary key (organization_id, event_id)
);

-- A service request that somebody may not send himself, for those who may.
create table colleague_question (
  organization_id uuid not null,
  operator_id uuid not null,
  question_id uuid not null,
  asked_by uuid not null,
  title text not null,
  description text not null,
  -- The form's other fields as they were.
  rest jsonb not null,
  asked_at timestamptz not null,
  decision text check (decision in ('sent', 'declined')),
  decided_at timestamptz,
  decided_by uuid,
  word text,
  case_number text,
  check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
  primary key (organization_id, question_id),
  foreign key (organization_id, asked_by) references person (organization_id, person_id)
);

-- A colleague whom an administrator has invited, until a job has made him a person.
create table colleague_invitation (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  invitation_id uuid not null,
  email text not null,
  name text not null,
  invited_by uuid not null,
  invited_at timestamptz not null,
  primary key (organization_id, invitation_id)
);

-- What somebody asked before buying, until a job has made a case of it. Visitors write it and read nothing.
create table inquiry (
  operator_id uuid not null references operator,
  inquiry_id uuid not null,
  request jsonb not null,
  asked_at timestamptz not null,
  -- Set by the job: a case was opened, or there were too many of this address.
  outcome text check (outcome in ('opened', 'held')),
  primary key (operator_id, inquiry_id)
);
create index inquiry_of_address on inquiry (operator_id, lower(request->>'email'), asked_at);
create unique index person_email on person (organization_id, lower(email));
create index person_by_email on person (operator_id, email_key);

create table agent (
  operator_id uuid not null references operator,
  agent_id uuid not null,
  sign_in_id text not null,
  email text not null,
  name text not null,
  language text not null,
  zone text not null,
  lead boolean not null default false,
  created_at timestamptz not null,
  primary key (operator_id, agent_id)
);
create index agent_by_sign_in on agent (sign_in_id);

-- The way from a token to a person: no organization here, or nobody could be found by it.
create table api_token (
  operator_id uuid not null references operator,
  token_hash text not null,
  sign_in_id text not null,
  scope text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (token_hash)
);

-- A program of an organization, its holder, or without one of the operator itself. Its secret is 256 random bits, kept as a hash.
create table program (
  operator_id uuid not null references operator,
  program_id uuid not null,
  holder_id uuid,
  name text not null,
  scopes text[] not null,
  secret_hash text not null check (secret_hash ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_token_at timestamptz,
  primary key (operator_id, program_id)
);
create unique index program_name_once on program (operator_id, coalesce(holder_id, operator_id), lower(name)) where revoked_at is null;
create index program_of_holder on program (operator_id, holder_id nulls first, lower(name), program_id) where revoked_at is null;

-- The way from a program's token to the program; forgotten when its hour is over.
create table program_token (
  operator_id uuid not null,
  program_id uuid not null,
  token_hash text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (token_hash),
  foreign key (operator_id, program_id) references program
);
create index program_token_over on program_token (expires_at);

-- What happened to programs. Facts, never edited.
create table program_event (
  operator_id uuid not null references operator,
  event_id uuid not null,
  program_id uuid not null,
  holder_id uuid,
  kind text not null check (kind in ('made', 'revoked', 'token-issued', 'token-refused')),
  actor_kind text not null,
  actor_id uuid,
  -- Why a token was refused.
  why text,
  recorded_at timestamptz not null,
  primary key (operator_id, event_id),
  foreign key (operator_id, program_id) references program
);
-- A token an hour is no news: people read the rest.
create index program_event_told on program_event (operator_id, event_id) where kind <> 'token-issued';
create index program_event_told_holder on program_event (operator_id, holder_id, event_id) where kind <> 'token-issued';

-- What is not well, or will be worked on. Texts are in the languages somebody has written so far.
create table incident (
  operator_id uuid not null references operator,
  incident_id uuid not null,
  kind text not null check (kind in ('incident', 'advisory', 'maintenance')),
  service text not null,
  feature text,
  origin text not null check (origin in ('operator', 'thirdParty', 'customer')),
  state text not null,
  source_language text not null,
  title jsonb not null,
  impact jsonb not null,
  -- Languages whose texts are older than those of the source.
  outdated text[] not null default '{}',
  -- Whom it concerns; null: everybody. Told to nobody else.
  organizations uuid[],
  regions text[],
  started_at timestamptz not null,
  -- Of maintenance: when it is meant to be over.
  planned_end_at timestamptz,
  ended_at timestamptz,
  declared_by uuid,
  declared_at timestamptz not null,
  -- Null while it waits for a second look.
  published_at timestamptz,
  updated_at timestamptz not null,
  -- The one it turned out to be the same as.
  merged_into uuid,
  check (organizations is null or regions is null),
  check (planned_end_at is null or planned_end_at > started_at),
  primary key (operator_id, incident_id)
);
create index incident_open on incident (operator_id, started_at desc, incident_id desc) where ended_at is null;
create index incident_newest on incident (operator_id, incident_id desc);
create index incident_changed on incident (operator_id, updated_at desc);
create index incident_ended on incident (operator_id, ended_at) where ended_at is not null;

-- The states an incident has been in. Facts, never edited.
create table incident_state (
  operator_id uuid not null,
  incident_id uuid not null,
  sequence int not null,
  state text not null,
  entered_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  constraint incident_state_once primary key (operator_id, incident_id, sequence),
  foreign key (operator_id, incident_id) references incident
);

create table incident_post (
  operator_id uuid not null,
  incident_id uuid not null,
  post_id uuid not null,
  kind text not null check (kind in ('regular', 'quick', 'strategic')),
  source_language text not null,
  texts jsonb not null,
  written_by uuid,
  written_at timestamptz not null,
  -- Waits for a second look until somebody else has had it.
  review text not null check (review in ('none', 'waiting', 'approved', 'rejected')),
  reviewed_by uuid,
  -- Not before; null: as soon as it may be.
  publish_at timestamptz,
  published_at timestamptz,
  primary key (operator_id, incident_id, post_id),
  foreign key (operator_id, incident_id) references incident
);

create table incident_follower (
  organization_id uuid not null,
  operator_id uuid not null,
  incident_id uuid not null,
  person_id uuid not null,
  followed_at timestamptz not null,
  -- Whether it works again, said after the end.
  works boolean,
  answered_at timestamptz,
  primary key (organization_id, incident_id, person_id),
  foreign key (organization_id, person_id) references person
);
create index incident_follower_of on incident_follower (operator_id, incident_id, organization_id, person_id);

-- How an incident hits an organization, in its own words; once each, and mended as it learns more.
create table incident_impact (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  incident_id uuid not null,
  person_id uuid not null,
  people int not null check (people > 0),
  word text not null,
  added_at timestamptz not null,
  primary key (organization_id, incident_id)
);
create index incident_impact_of on incident_impact (operator_id, incident_id);

-- When what stands in the files of the public status was read.
create table status_file (
  operator_id uuid not null references operator,
  read_at timestamptz not null,
  primary key (operator_id)
);

-- The private address of an organization's own health: whoever has it may read. Its secret is made from the id, and stands nowhere.
create table status_address (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  address_id uuid not null,
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (organization_id),
  foreign key (organization_id, made_by) references person
);
create index status_address_of on status_address (operator_id, address_id);
create index status_address_told on status_address (operator_id, organization_id);

-- When what stands in the files of such an address was read. It outlives the address, until they are gone.
create table status_address_file (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  address_id uuid not null,
  read_at timestamptz not null,
  -- Of all but the page, which is written each time.
  digest text,
  -- Since when the files are to go.
  left_at timestamptz,
  primary key (organization_id, address_id)
);
create index status_address_file_left on status_address_file (operator_id, left_at) where left_at is not null;

-- What customers noticed that is not listed yet. Enough of them that are alike propose an incident.
create table health_report (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  report_id uuid not null,
  person_id uuid not null,
  service text not null,
  symptom text not null,
  language text not null,
  since timestamptz not null,
  people int not null check (people > 0),
  reported_at timestamptz not null,
  -- When leads were told of the proposal it is part of.
  proposed_at timestamptz,
  -- The incident it was made part of, or that it was looked at and is none.
  incident_id uuid,
  settled_at timestamptz,
  primary key (organization_id, report_id)
);
create index health_report_unsettled on health_report (operator_id, reported_at desc) where settled_at is null;

-- Who is told of service health by mail, and how: a row a person, none for who is not.
create table health_subscription (
  organization_id uuid not null,
  operator_id uuid not null,
  person_id uuid not null,
  -- Those he chose; null: those his organization has.
  services text[],
  -- Of a daily digest: minutes after midnight where he is; null: told at once.
  digest_minute int check (digest_minute between 0 and 1439),
  -- When the next digest is written, and what it tells since.
  digest_due_at timestamptz,
  digest_since timestamptz,
  subscribed_at timestamptz not null,
  check ((digest_minute is null) = (digest_due_at is null) and (digest_minute is null) = (digest_since is null)),
  primary key (organization_id, person_id),
  foreign key (organization_id, person_id) references person
);
create index health_subscription_told on health_subscription (operator_id, organization_id, person_id) where digest_minute is null;
create index health_subscription_due on health_subscription (digest_due_at) where digest_due_at is not null;

-- A lead who wants no mail when customers' reports propose an incident.
create table proposal_silence (
  operator_id uuid not null,
  agent_id uuid not null,
  since timestamptz not null,
  primary key (operator_id, agent_id),
  foreign key (operator_id, agent_id) references agent on delete cascade
);

-- An address of an organization that is told of service health.
create table health_webhook (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  webhook_id uuid not null,
  url text not null,
  -- What messages are signed with; shown once, then read by jobs only.
  secret text not null,
  services text[],
  language text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (organization_id, webhook_id)
);
create index health_webhook_told on health_webhook (operator_id, organization_id, webhook_id);

-- A message to such an address, the same at every try.
create table health_delivery (
  organization_id uuid not null,
  operator_id uuid not null,
  webhook_id uuid not null,
  delivery_id uuid not null,
  -- What it is about; null: a test that somebody asked for.
  incident_id uuid,
  body text not null,
  written_at timestamptz not null,
  state text not null check (state in ('waiting', 'delivered', 'given-up')),
  tries int not null,
  -- What came of the last try: a status, or why there was none.
  outcome text,
  tried_at timestamptz,
  next_at timestamptz,
  primary key (organization_id, webhook_id, delivery_id),
  foreign key (organization_id, webhook_id) references health_webhook on delete cascade
);
create index health_delivery_newest on health_delivery (organization_id, webhook_id, written_at desc);
create index health_delivery_age on health_delivery (written_at);

create table article (
  operator_id uuid not null references operator,
  article_id text not null,
  language text not null,
  -- Stands for the article in lists of postings; unique within operator and language, given once.
  number int not null,
  -- The folder it came from: an import removes only what an earlier import of the same folder brought.
  source text not null,
  title text not null,
  description text not null,
  products text[] not null default '{}',
  audiences text[] not null default '{}',
  html text not null,
  headings jsonb not null,
  updated_on date,
  source_digest text not null,
  -- The file it came from, seen from the folder.
  path text not null,
  -- Where it leads among the other articles, with the words of each link; and the articles a reader may want next.
  links jsonb not null default '[]',
  related text[] not null default '{}',
  -- Whether other operators' readers see other parts of it.
  tailored boolean not null default false,
  -- What the import did not understand of it.
  faults jsonb not null default '[]',
  body_digest text not null default '',
  primary key (operator_id, article_id, language)
);
create unique index article_number on article (operator_id, language, number);

-- Addresses that were articles: they lead to where the article is now, or say that it was taken down.
create table former_article (
  operator_id uuid not null references operator,
  article_id text not null,
  language text not null,
  title text not null,
  retired_at timestamptz not null,
  moved_to text,
  primary key (operator_id, article_id, language)
);
create index former_article_moved on former_article (operator_id, language, moved_to) where moved_to is not null;

-- An answer points to a heading: what is shown of a section that was found.
create table article_section (
  operator_id uuid not null,
  article_id text not null,
  language text not null,
  position int not null,
  anchor text,
  heading text not null,
  passage text not null,
  primary key (operator_id, article_id, language, position),
  foreign key (operator_id, article_id, language) references article on delete cascade
);

-- What an article says, as the app cut and stemmed it: title, headings and path in order, everything with counts; and the lines it
-- is called by elsewhere. Search knows articles by number only.
create table article_words (
  operator_id uuid not null,
  language text not null,
  number int not null,
  title text not null,
  headings text[] not null,
  facets text[] not null,
  outline jsonb not null,
  counts jsonb not null,
  called jsonb not null default '[]',
  primary key (operator_id, language, number),
  foreign key (operator_id, language, number) references article (operator_id, language, number) on delete cascade
);

-- Where each word stands, written anew when articles change. Not a tsvector: no row-level security policy lets a GIN index be
-- used, because @@ is not leakproof. Equality of uuid and text is, so this primary key serves search within the wall.
create table article_posting (
  operator_id uuid not null references operator,
  language text not null,
  word text collate "C" not null,
  articles int not null,
  postings bytea not null,
  primary key (operator_id, language, word)
);

-- Every word there is, for making sense of a question, and the state of the articles all lists of words are made from.
create table article_vocabulary (
  operator_id uuid not null references operator,
  language text not null,
  state text not null,
  vocabulary jsonb not null,
  primary key (operator_id, language)
);

-- Articles written in the product. What readers see is in article, as of every other source.
create table own_article (
  operator_id uuid not null references operator,
  article_id text not null,
  -- The language it is written in; the others are translations of it.
  source_language text not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (operator_id, article_id)
);

-- Every text that was ever published, never edited; rolling back writes a new one.
create table own_article_version (
  operator_id uuid not null,
  article_id text not null,
  language text not null,
  version int not null,
  title text not null,
  description text not null,
  products text[] not null,
  body text not null,
  -- The version of the source language that a translation was made from.
  translated_from int,
  -- The version whose text this is, when somebody rolled back.
  rolled_back_to int,
  written_by uuid not null,
  published_by uuid not null,
  published_at timestamptz not null,
  constraint own_article_version_once primary key (operator_id, article_id, language, version),
  foreign key (operator_id, article_id) references own_article
);

-- One of each person, article and language: nobody writes over somebody else's text.
create table own_article_draft (
  operator_id uuid not null,
  draft_id uuid not null,
  article_id text not null,
  language text not null,
  agent_id uuid not null,
  state text not null check (state in ('writing', 'submitted', 'sent-back')),
  title text not null,
  description text not null,
  products text[] not null,
  body text not null,
  translated_from int,
  -- The published version it was begun from, 0 for none; and how often it was saved.
  based_on int not null,
  revision int not null,
  review_note text,
  saved_at timestamptz not null,
  primary key (operator_id, draft_id),
  foreign key (operator_id, article_id) references own_article
);
create unique index own_article_draft_once on own_article_draft (operator_id, article_id, language, agent_id);

-- Who changed the state of an article, and to what. Facts, never edited.
create table own_article_event (
  operator_id uuid not null,
  event_id uuid not null,
  article_id text not null,
  language text,
  kind text not null,
  agent_id uuid not null,
  payload jsonb not null,
  recorded_at timestamptz not null,
  primary key (operator_id, event_id),
  foreign key (operator_id, article_id) references own_article
);
create index own_article_event_of on own_article_event (operator_id, article_id, event_id);

-- What people asked of the help articles, once they had settled on it. Written once by whoever asks; what came of it is folded in
-- by jobs. Visit, person and organization are emptied after 30 days.
create table help_question (
  operator_id uuid not null references operator,
  question_id uuid not null,
  language text not null,
  -- Without addresses and numbers; null when it was forgotten because it looked personal.
  text text,
  -- The words of the text as search cuts them: the same for questions that differ in forms, case and order only.
  group_key text collate "C" not null,
  place text not null check (place in ('page', 'suggestion', 'pane', 'api')),
  found int not null,
  -- Articles in the order they were shown.
  shown text[] not null,
  asked_at timestamptz not null,
  -- The first question of the visit; the person where one was signed in, and the organization.
  visit_id uuid,
  person_id uuid,
  holder_id uuid,
  -- Articles in the order they were opened, and what was said of the last one.
  opened text[] not null default '{}',
  verdict text check (verdict in ('solved', 'unsolved')),
  case_followed boolean not null default false,
  -- Seven days after it was asked: nothing more is counted.
  settled_at timestamptz,
  forgotten_at timestamptz,
  -- The same visit or person had asked the same before; kept when they are forgotten.
  repeats boolean not null default false,
  primary key (operator_id, question_id)
);
create index help_question_asked on help_question (operator_id, asked_at);
create index help_question_of_visit on help_question (operator_id, visit_id) where visit_id is not null;
create index help_question_of_person on help_question (operator_id, person_id, asked_at) where person_id is not null;
create index help_question_unsettled on help_question (asked_at) where settled_at is null;
create index help_question_unforgotten on help_question (asked_at) where forgotten_at is null;

-- What came of a question, until a job has folded it in. No foreign key: a link may be followed before its question is written.
create table help_outcome (
  operator_id uuid not null references operator,
  outcome_id uuid not null,
  question_id uuid,
  kind text not null check (kind in ('opened', 'solved', 'unsolved', 'case')),
  article_id text,
  person_id uuid,
  holder_id uuid,
  noted_at timestamptz not null,
  primary key (operator_id, outcome_id)
);

-- What readers say of an article, whatever led them there; nobody knows who.
create table article_verdict (
  operator_id uuid not null references operator,
  verdict_id uuid not null,
  article_id text not null,
  language text not null,
  solved boolean,
  missing text,
  said_at timestamptz not null,
  check (solved is not null or missing is not null),
  primary key (operator_id, verdict_id)
);
create index article_verdict_said on article_verdict (operator_id, said_at);

-- A question that a support lead says an article answers.
create table taught_phrase (
  operator_id uuid not null references operator,
  language text not null,
  article_id text not null,
  group_key text collate "C" not null,
  phrase text not null,
  taught_by uuid not null,
  taught_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  primary key (operator_id, language, article_id, group_key)
);

create table support_case (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  case_id uuid not null,
  number text not null,
  charter_version int not null,
  title text not null,
  support_type text not null,
  topic text not null,
  severity text not null,
  capped_from text,
  because jsonb not null,
  business_impact text not null,
  impact_answers jsonb not null,
  -- Answers to the questions of its support type, by question.
  answers jsonb not null default '{}',
  -- Where the charter says that this is not for us, and why the requester says it is; null where neither was said.
  contested jsonb,
  subscription_id uuid,
  requester_id uuid not null,
  contact_method text not null,
  contact_phone text,
  contact_email text not null,
  language text not null,
  assigned_to uuid,
  waiting_for text not null check (waiting_for in ('operator', 'customer')),
  opened_at timestamptz not null,
  -- The earliest moment the operator owes something, and what; infinity for nothing.
  next_due_at timestamptz not null,
  next_due_kind text,
  -- When something happens to the case by itself: a warning, a breach, a reminder. Infinity for never.
  wake_at timestamptz not null,
  closed_at timestamptz,
  last_event int not null,
  primary key (organization_id, case_id),
  foreign key (organization_id, requester_id) references person (organization_id, person_id)
);
create unique index support_case_number on support_case (organization_id, number);
-- Read backwards: both columns run the same way, or a page would sort all of its organization first.
create index support_case_of_organization on support_case (organization_id, opened_at, case_id);
create index support_case_queue on support_case (operator_id, next_due_at, case_id)
  where closed_at is null and waiting_for = 'operator';
create index support_case_waiting on support_case (operator_id, next_due_at, case_id)
  where closed_at is null and waiting_for = 'customer';

-- One walk finds what is due, of all operators; asked every second.
create index support_case_wake on support_case (wake_at) where wake_at < 'infinity';

-- The way from a number said on the phone to its case; plain, so that a number is unique per operator.
create table case_number (
  operator_id uuid not null references operator,
  number text not null,
  holder_id uuid not null,
  case_id uuid not null,
  constraint case_number_once primary key (operator_id, number)
);

create table message (
  organization_id uuid not null,
  operator_id uuid not null,
  case_id uuid not null,
  message_id uuid not null,
  author_kind text not null check (author_kind in ('member', 'partner', 'agent', 'system')),
  author_id uuid,
  author_name text not null,
  visibility text not null check (visibility in ('public', 'internal')),
  body text not null,
  written_at timestamptz not null,
  primary key (organization_id, case_id, message_id),
  foreign key (organization_id, case_id) references support_case
);

create table attachment (
  organization_id uuid not null,
  operator_id uuid not null,
  case_id uuid not null,
  attachment_id uuid not null,
  message_id uuid not null,
  file_name text not null,
  media_type text not null,
  byte_count int not null,
  content bytea not null,
  primary key (organization_id, case_id, attachment_id),
  foreign key (organization_id, case_id, message_id) references message
);
alter table attachment alter column content set storage external;

-- Facts, never edited. They feed reactions, timelines and the clocks.
create table event (
  organization_id uuid not null,
  operator_id uuid not null,
  case_id uuid not null,
  sequence int not null,
  event_id uuid not null,
  kind text not null,
  actor_kind text not null,
  actor_id uuid,
  payload jsonb not null,
  recorded_at timestamptz not null,
  primary key (organization_id, case_id, sequence),
  foreign key (organization_id, case_id) references support_case
);
create unique index event_by_id on event (organization_id, event_id);

-- Rebuilt from the events at any time (svar doctor does so for some); stored to be listed and reported.
create table clock (
  organization_id uuid not null,
  operator_id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('initial-response', 'next-response', 'progress-update', 'resolution', 'customer-answer')),
  cycle int not null,
  severity text not null,
  started_at timestamptz not null,
  -- Infinity while nothing is promised or the clock stands still.
  due_at timestamptz not null,
  paused_since timestamptz,
  met_at timestamptz,
  breached_at timestamptz,
  stopped_at timestamptz,
  charter_version int not null,
  rule int,
  calendar text not null,
  target text not null,
  primary key (organization_id, case_id, kind, cycle),
  foreign key (organization_id, case_id) references support_case
);

create index clock_running on clock (operator_id, due_at)
  where met_at is null and breached_at is null and stopped_at is null and due_at < 'infinity';

-- Reports count from this index alone, and lists behind their figures walk it. A breach keeps the moment it was due.
create index clock_reported on clock (operator_id, (case when breached_at is null then due_at else breached_at end), case_id, kind, cycle)
  include (organization_id, severity, started_at, due_at, paused_since, met_at, breached_at, stopped_at);

-- Clocks that somebody responsible is to be told of: many at once become one mail. They wait for the duty calendar.
-- Whether somebody on the phone is who he says: a code was sent to the person, the agent types what he reads out.
create table caller_check (
  organization_id uuid not null,
  operator_id uuid not null,
  check_id uuid not null,
  case_id uuid,
  person_id uuid not null,
  agent_id uuid not null,
  state text not null default 'asked' check (state in ('asked', 'sent', 'verified', 'locked', 'denied', 'replaced')),
  digest text,
  tries int not null default 0,
  asked_at timestamptz not null,
  expires_at timestamptz,
  ended_at timestamptz,
  told_at timestamptz,
  primary key (organization_id, check_id),
  foreign key (organization_id, case_id) references support_case,
  foreign key (organization_id, person_id) references person
);
create index caller_check_by_id on caller_check (operator_id, check_id);
create index caller_check_of_person on caller_check (organization_id, person_id, asked_at);
create index caller_check_of_case on caller_check (organization_id, case_id) where case_id is not null;

create table escalation (
  organization_id uuid not null,
  operator_id uuid not null,
  case_id uuid not null,
  event_id uuid not null,
  clock text not null,
  due_at timestamptz not null,
  tell text[] not null,
  notify_at timestamptz not null,
  told_at timestamptz,
  primary key (organization_id, event_id),
  foreign key (organization_id, case_id) references support_case
);
create index escalation_untold on escalation (notify_at) where told_at is null;

-- Kept, not counted; sixteen slots a figure, so that openings do not wait for one another.
create table queue_counter (
  operator_id uuid not null references operator,
  waiting_for text not null,
  severity text not null,
  slot smallint not null,
  cases bigint not null,
  primary key (operator_id, waiting_for, severity, slot)
);

-- The known problem a case hangs on, at most one. What it was told last, and whether it works again.
create table incident_case (
  organization_id uuid not null,
  operator_id uuid not null,
  case_id uuid not null,
  incident_id uuid not null,
  linked_at timestamptz not null,
  told_post uuid,
  asked_at timestamptz,
  works boolean,
  answered_at timestamptz,
  primary key (organization_id, case_id),
  foreign key (organization_id, case_id) references support_case
);
-- Known problems of which somebody has said that a case is not about them: nobody asks again.
create table case_not_about (
  organization_id uuid not null,
  operator_id uuid not null,
  case_id uuid not null,
  incident_id uuid not null,
  said_at timestamptz not null,
  primary key (organization_id, case_id, incident_id),
  foreign key (organization_id, case_id) references support_case
);
create index case_not_about_of on case_not_about (operator_id, incident_id, organization_id, case_id);
create index incident_case_of on incident_case (operator_id, incident_id, organization_id, case_id);

create table case_view (
  organization_id uuid not null,
  operator_id uuid not null,
  case_id uuid not null,
  agent_id uuid not null,
  agent_name text not null,
  seen_at timestamptz not null,
  primary key (organization_id, case_id, agent_id),
  foreign key (organization_id, case_id) references support_case
);

create table idempotency_key (
  organization_id uuid not null references organization,
  operator_id uuid not null,
  person_id uuid not null,
  key text not null,
  fingerprint text not null,
  answer jsonb not null,
  created_at timestamptz not null,
  constraint idempotency_key_once primary key (organization_id, person_id, key)
);
create index idempotency_key_age on idempotency_key (created_at);

-- What leaves by mail: written by jobs only, sent by a job that leases one row.
create table outbound_mail (
  operator_id uuid not null references operator,
  mail_id uuid not null,
  recipient text not null,
  language text not null,
  subject text not null,
  body text not null,
  -- The message of a case that this mail delivers: when it comes back, that case is told.
  about jsonb,
  -- Where its reader ends such mails with one click (RFC 8058).
  unsubscribe text,
  written_at timestamptz not null,
  sent_at timestamptz,
  refused_at timestamptz,
  primary key (operator_id, mail_id)
);
-- Not led by the operator: on a new database the planner would take it for the primary key's equal, and keep that plan for hours.
create index outbound_mail_newest on outbound_mail (written_at desc, operator_id);

-- One use, hashed at rest, 24 hours: makes the first administrator of an installation.
create table invitation (
  operator_id uuid not null references operator,
  token_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (token_hash)
);

-- A call that was promised in a case, and where it stands. One for a case, until it was made or called off.
create table promised_call (
  organization_id uuid not null,
  operator_id uuid not null,
  call_id uuid not null,
  case_id uuid not null,
  queue text not null,
  topic text not null,
  severity text not null,
  severity_rank smallint not null,
  language text not null,
  zone text not null,
  phone text not null,
  -- As the customer wrote it.
  phone_written text not null,
  state text not null check (state in ('scheduled', 'waiting', 'offered', 'calling', 'talking', 'new-time', 'done', 'cancelled')),
  asked_at timestamptz not null,
  slot_at timestamptz,
  waiting_since timestamptz,
  misses int not null,
  agent_id uuid,
  -- When it happens by itself; null for never.
  wake_at timestamptz,
  -- Agents it is not offered to again before a moment.
  passed jsonb not null,
  -- Place in line, and the wait as it is told now; written by whoever tends the desk.
  place int,
  told jsonb,
  -- What was promised when it was asked for, and when somebody first called: the promise was kept, or not.
  promised_until timestamptz,
  called_at timestamptz,
  ended_at timestamptz,
  check ((agent_id is not null) = (state in ('offered', 'calling', 'talking'))),
  primary key (organization_id, call_id),
  foreign key (organization_id, case_id) references support_case (organization_id, case_id)
);
create unique index promised_call_once on promised_call (organization_id, case_id) where state not in ('done', 'cancelled');
create index promised_call_alive on promised_call (operator_id, call_id) where state not in ('done', 'cancelled', 'new-time');
create index promised_call_wake on promised_call (wake_at) where wake_at is not null;
create index promised_call_asked on promised_call (operator_id, asked_at);

-- What happened to a call: facts, never edited but for whether the waits have learned of them.
create table call_event (
  organization_id uuid not null,
  operator_id uuid not null,
  call_id uuid not null,
  event_id uuid not null,
  kind text not null,
  agent_id uuid,
  queue text not null,
  severity_rank smallint not null,
  recorded_at timestamptz not null,
  learned boolean not null default false,
  primary key (organization_id, call_id, event_id),
  foreign key (organization_id, call_id) references promised_call (organization_id, call_id)
);
create index call_event_unlearned on call_event (operator_id, event_id) where not learned;

-- Who is promised at which moment: a seat is an agent at a time, so that it cannot be taken twice.
create table call_seat (
  operator_id uuid not null references operator,
  starts_at timestamptz not null,
  agent_id uuid not null,
  call_id uuid not null,
  primary key (operator_id, starts_at, agent_id)
);
create index call_seat_of_call on call_seat (operator_id, call_id);

-- What an agent can take and when he is on shift: a weekly pattern and exceptions, as calendars have them.
create table call_staffing (
  operator_id uuid not null,
  agent_id uuid not null,
  topics text[],
  severities text[],
  languages text[] not null,
  zone text not null,
  days jsonb not null,
  exceptions jsonb not null,
  primary key (operator_id, agent_id),
  foreign key (operator_id, agent_id) references agent (operator_id, agent_id)
);

create table call_presence (
  operator_id uuid not null,
  agent_id uuid not null,
  presence text not null check (presence in ('ready', 'paused', 'away')),
  seen_at timestamptz not null,
  idle_since timestamptz not null,
  primary key (operator_id, agent_id),
  foreign key (operator_id, agent_id) references agent (operator_id, agent_id)
);

-- What waits have taught so far, and when it was last said; its row is the lock of whoever tends the desk.
create table call_desk (
  operator_id uuid not null references operator,
  waits text,
  agents jsonb not null default '{}',
  said_at timestamptz,
  primary key (operator_id)
);

-- The wait of whoever would ask now.
create table call_forecast (
  operator_id uuid not null references operator,
  queue text not null,
  severity text not null,
  said jsonb not null,
  high_seconds double precision,
  said_at timestamptz not null,
  primary key (operator_id, queue, severity)
);
`

/** What each role may do with each table; the policies below say to which rows. */
const RIGHTS: Record<string, Partial<Record<'customer' | 'agent' | 'job' | 'doorkeeper', string>>> = {
  organization: { customer: 'select', agent: 'select', job: 'select, insert, update', doorkeeper: 'select' },
  partner_of_record: { customer: 'select', agent: 'select', job: 'select, insert, update, delete' },
  person: {
    // Which administrator may give and end roles, and a partner's time, is asked by the verb.
    customer: 'select, update (name, phone, language, zone, roles, active_from, active_until)',
    agent: 'select',
    job: 'select, insert, update, delete',
    doorkeeper: 'select',
  },
  partner_relation: {
    customer: 'select, update (consented_at, withdrawn_at, ends_at, extends, look_at)',
    agent: 'select',
    job: 'select, insert, update',
  },
  subscription: { customer: 'select', agent: 'select', job: 'select, insert' },
  add_on: { customer: 'select', agent: 'select', job: 'select, insert' },
  add_on_seat: { customer: 'select, insert, delete', agent: 'select', job: 'select' },
  onboarding: { customer: 'select, insert, update (moved_at)', agent: 'select, insert, update (moved_at)' },
  onboarding_event: { customer: 'select, insert', agent: 'select, insert' },
  right_grant: { customer: 'select, insert, update (ended_at)', agent: 'select', job: 'select' },
  right_event: { customer: 'select, insert', agent: 'select', job: 'select, insert' },
  colleague_question: {
    customer: 'select, insert, update (decision, decided_at, decided_by, word, case_number)',
    job: 'select',
  },
  colleague_invitation: { customer: 'select, insert', job: 'select, delete' },
  inquiry: { customer: 'insert', job: 'select, update (outcome)' },
  support_case: { customer: 'select, insert, update', agent: 'select, insert, update', job: 'select, insert, update' },
  message: { customer: 'select, insert', agent: 'select, insert', job: 'select, insert' },
  attachment: { customer: 'select, insert', agent: 'select, insert', job: 'select, insert' },
  event: { customer: 'select, insert', agent: 'select, insert', job: 'select, insert' },
  clock: { customer: 'select, insert, update', agent: 'select, insert, update', job: 'select, insert, update' },
  // An agent makes a check and counts tries; the code is made by a job. The person it was sent to may say that it is not him.
  caller_check: {
    customer: 'select, update (state, ended_at)',
    agent:
      'select, insert (organization_id, operator_id, check_id, case_id, person_id, agent_id, asked_at), update (state, tries, ended_at)',
    job: 'select, update',
  },
  escalation: { agent: 'select', job: 'select, insert, update' },
  case_view: { agent: 'select, insert, update, delete', job: 'select, delete' },
  idempotency_key: { customer: 'select, insert', agent: 'select', job: 'select, delete' },
  operator: { customer: 'select', agent: 'select', job: 'select, insert', doorkeeper: 'select' },
  // A lead may put a version in force that a person proposed; which agent is a lead is asked by the verb.
  charter_version: { customer: 'select', agent: 'select, insert', job: 'select, insert' },
  charter_audit: { agent: 'select, insert', job: 'select' },
  holiday_proposal: { agent: 'select, update (decided_at, decided_by, decision)', job: 'select, insert' },
  agent: {
    customer: 'select (operator_id, agent_id, name)',
    agent: 'select',
    job: 'select, insert, update, delete',
    doorkeeper: 'select',
  },
  api_token: { job: 'select, insert, delete', doorkeeper: 'select' },
  // Which administrator or agent may make and revoke programs is asked by the verb.
  program: {
    customer: 'select, insert, update (revoked_at)',
    agent: 'select, insert, update (revoked_at)',
    job: 'select, update (last_token_at)',
    doorkeeper: 'select',
  },
  program_token: { job: 'select, insert, delete', doorkeeper: 'select' },
  program_event: { customer: 'select, insert', agent: 'select, insert', job: 'select, insert' },
  // Whom else it concerns is nobody's business.
  incident: {
    customer: `select (operator_id, incident_id, kind, service, feature, origin, state, source_language, title, impact, outdated,
      started_at, planned_end_at, ended_at, published_at, updated_at, merged_into)`,
    agent: 'select, insert, update',
    job: 'select, insert, update',
  },
  status_file: { job: 'select, insert, update' },
  // Which member may make one and take it back is asked by the verb.
  status_address: { customer: 'select, insert, delete', job: 'select' },
  status_address_file: { job: 'select, insert, update, delete' },
  incident_state: { customer: 'select', agent: 'select, insert', job: 'select, insert' },
  incident_post: {
    customer: 'select (operator_id, incident_id, post_id, kind, source_language, texts, published_at)',
    agent: 'select, insert, update',
    job: 'select, insert, update (published_at)',
  },
  incident_follower: {
    customer: 'select, insert, update (works, answered_at), delete',
    agent: 'select',
    job: 'select, insert, delete',
  },
  health_subscription: {
    customer: 'select, insert, update (services, digest_minute, digest_due_at, digest_since), delete',
    job: 'select, insert, update (digest_due_at, digest_since), delete',
  },
  health_webhook: {
    // The secret is written once, and read by jobs.
    customer: `select (organization_id, operator_id, webhook_id, url, services, language, made_by, made_at), insert,
      update (services, language), delete`,
    job: 'select',
  },
  health_delivery: {
    customer: 'select, insert',
    job: 'select, insert, update (state, tries, outcome, tried_at, next_at), delete',
  },
  incident_impact: {
    customer: 'select, insert, update (person_id, people, word, added_at)',
    agent: 'select',
    job: 'select',
  },
  health_report: {
    customer: 'select, insert',
    agent: 'select, update (incident_id, settled_at)',
    job: 'select, update (proposed_at)',
  },
  proposal_silence: { agent: 'select, insert, delete', job: 'select' },
  case_not_about: { customer: 'select, insert', agent: 'select, insert', job: 'select' },
  incident_case: {
    customer: 'select, insert, update (incident_id, linked_at, told_post, asked_at, works, answered_at)',
    agent: 'select, insert, update, delete',
    job: 'select, insert, update',
  },
  article: { customer: 'select', agent: 'select', job: 'select, insert, update, delete' },
  former_article: { customer: 'select', agent: 'select', job: 'select, insert, update, delete' },
  article_section: { customer: 'select', agent: 'select', job: 'select, insert, update, delete' },
  article_words: { customer: 'select', agent: 'select', job: 'select, insert, update, delete' },
  article_vocabulary: { customer: 'select', agent: 'select', job: 'select, insert, update, delete' },
  article_posting: { customer: 'select', agent: 'select', job: 'select, insert, update, delete' },
  own_article: { agent: 'select, insert, update (retired_at)', job: 'select' },
  own_article_version: { agent: 'select, insert', job: 'select' },
  own_article_draft: { agent: 'select, insert, update, delete', job: 'select' },
  own_article_event: { agent: 'select, insert', job: 'select' },
  // Who asks may say so, and read nothing of what others asked.
  help_question: { customer: 'insert', agent: 'select', job: 'select, update, delete' },
  help_outcome: { customer: 'insert', job: 'select, update, delete' },
  article_verdict: { customer: 'insert', agent: 'select', job: 'select, delete' },
  taught_phrase: { agent: 'select, insert, update', job: 'select' },
  case_number: { customer: 'insert', agent: 'select, insert', job: 'select, insert' },
  queue_counter: {
    customer: 'select, insert, update',
    agent: 'select, insert, update',
    job: 'select, insert, update, delete',
  },
  promised_call: { customer: 'select, insert, update', agent: 'select, update', job: 'select, insert, update' },
  call_event: { customer: 'select, insert', agent: 'select, insert', job: 'select, insert, update (learned)' },
  call_seat: { customer: 'select, insert, delete', agent: 'select, insert, delete', job: 'select, insert, delete' },
  call_staffing: { customer: 'select', agent: 'select, insert, update', job: 'select, insert, update' },
  call_presence: { agent: 'select, insert, update', job: 'select, insert, update' },
  call_desk: { agent: 'select, insert, update', job: 'select, insert, update' },
  call_forecast: { customer: 'select', agent: 'select', job: 'select, insert, update' },
  outbound_mail: { job: 'select, insert, update, delete' },
  invitation: { job: 'select, insert, update', doorkeeper: 'select' },
}

const OWN_ORGANIZATION = `nullif(current_setting('svar.organization_id', true), '')::uuid`
const OF_ORGANIZATION = `organization_id = ${OWN_ORGANIZATION}`
const OF_OPERATOR = `operator_id = any(nullif(current_setting('svar.operator_ids', true), '')::uuid[])`

/** Who sees an incident sees its history and its posts: the policy of the one decides in that of the others. */
const OF_SEEN_INCIDENT = (table: string) =>
  `exists (select from incident where incident.operator_id = ${table}.operator_id and incident.incident_id = ${table}.incident_id)`

/** Customers see what was said to them: no notes, nothing attached to a note, no trace of one. */
const CUSTOMER_ROWS: Record<string, string> = {
  message: `${OF_ORGANIZATION} and visibility = 'public'`,
  event: `${OF_ORGANIZATION} and kind not in ('case.noted', 'clock.warned', 'clock.escalated')`,
  incident: `${OF_OPERATOR} and published_at is not null and (organizations is null or ${OWN_ORGANIZATION} = any(organizations))
    and (regions is null or exists (select from organization where organization.organization_id = ${OWN_ORGANIZATION}
      and organization.country = any(regions)))`,
  incident_state: `${OF_OPERATOR} and ${OF_SEEN_INCIDENT('incident_state')}`,
  incident_post: `${OF_OPERATOR} and published_at is not null and ${OF_SEEN_INCIDENT('incident_post')}`,
  incident_case: `${OF_ORGANIZATION} and ${OF_SEEN_INCIDENT('incident_case')}`,
  attachment: `${OF_ORGANIZATION} and exists (select from message where message.organization_id = attachment.organization_id
    and message.case_id = attachment.case_id and message.message_id = attachment.message_id)`,
}

const OF_ASKER = `${OF_OPERATOR} and (holder_id is null or holder_id = ${OWN_ORGANIZATION})`

const OF_HOLDER = `${OF_OPERATOR} and holder_id = nullif(current_setting('svar.organization_id', true), '')::uuid`

/** Rows of operator-wide tables that a customer may read or write about himself only. */
const ASKER_ROWS: Record<string, string> = {
  help_question: OF_ASKER,
  help_outcome: OF_ASKER,
  program: OF_HOLDER,
  program_event: OF_HOLDER,
}

/** The doorkeeper's rows: a proven sign-in, or the one whose token was shown. */
const OF_SIGN_IN = `(sign_in_id = nullif(current_setting('svar.sign_in_id', true), '')
  or sign_in_id in (select token.sign_in_id from api_token token))`
const OF_TOKEN = `token_hash = nullif(current_setting('svar.token_hash', true), '')`
const OF_OWN_ORGANIZATION = `organization_id in (select person.organization_id from person)`

const CUSTOMER_TABLES = new Set([
  'caller_check',
  'organization',
  'partner_of_record',
  'partner_relation',
  'person',
  'subscription',
  'add_on',
  'add_on_seat',
  'onboarding',
  'onboarding_event',
  'right_grant',
  'right_event',
  'colleague_question',
  'colleague_invitation',
  'support_case',
  'message',
  'attachment',
  'event',
  'clock',
  'escalation',
  'case_view',
  'idempotency_key',
  'promised_call',
  'call_event',
  'incident_follower',
  'incident_impact',
  'health_report',
  'incident_case',
  'case_not_about',
  'health_subscription',
  'health_webhook',
  'health_delivery',
  'status_address',
])

const DOORKEEPER: Record<string, string> = {
  organization: OF_OWN_ORGANIZATION,
  person: OF_SIGN_IN,
  agent: OF_SIGN_IN,
  api_token: OF_TOKEN,
  program_token: OF_TOKEN,
  program: `program_id in (select token.program_id from program_token token)`,
  invitation: OF_TOKEN,
  operator: 'true',
}

function policies(): string {
  return [
    'grant usage on schema svar to svar_customer, svar_agent, svar_job, svar_doorkeeper;',
    ...Object.entries(RIGHTS).flatMap(([table, rights]) => [
      `alter table ${table} enable row level security; alter table ${table} force row level security;`,
      ...Object.entries(rights).map(([role, right]) => policyOf(table, role, right)),
    ]),
  ].join('\n')
}

function policyOf(table: string, role: string, right: string): string {
  const rows = rowsOf(table, role)
  return `grant ${right} on ${table} to svar_${role};
    create policy ${role} on ${table} to svar_${role} using (${rows}) with check (${rows});`
}

function rowsOf(table: string, role: string): string {
  if (role === 'doorkeeper') return DOORKEEPER[table] ?? 'false'
  if (table === 'operator' && role !== 'job') return 'true'
  if (role === 'customer' && ASKER_ROWS[table]) return ASKER_ROWS[table]
  if (role !== 'customer') return OF_OPERATOR
  return CUSTOMER_ROWS[table] ?? (CUSTOMER_TABLES.has(table) ? OF_ORGANIZATION : OF_OPERATOR)
}

/** The tables of better-auth, by its own names; entered by its own role only. */
const SIGN_IN = `
create table signin."user" (
  id text primary key, name text not null, email text not null unique, "emailVerified" boolean not null default false,
  image text, "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create table signin.session (
  id text primary key, token text not null unique, "userId" text not null references signin."user" on delete cascade,
  "expiresAt" timestamptz not null, "ipAddress" text, "userAgent" text,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create index session_of_user on signin.session ("userId");
create table signin.account (
  id text primary key, "accountId" text not null, "providerId" text not null,
  "userId" text not null references signin."user" on delete cascade,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz, scope text, password text,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create index account_of_user on signin.account ("userId");
create table signin.verification (
  id text primary key, identifier text not null, value text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create index verification_by_identifier on signin.verification (identifier);
create table signin.passkey (
  id text primary key, name text, "publicKey" text not null, "userId" text not null references signin."user" on delete cascade,
  "credentialID" text not null unique, counter int not null, "deviceType" text not null, "backedUp" boolean not null,
  transports text, "createdAt" timestamptz, aaguid text
);
create index passkey_of_user on signin.passkey ("userId");
create table signin."rateLimit" (id text primary key, key text not null unique, count int not null, "lastRequest" bigint not null);
grant usage on schema signin to svar_signin, svar_job;
grant select, insert, update, delete on all tables in schema signin to svar_signin;
grant select, insert on signin."user" to svar_job;
`
