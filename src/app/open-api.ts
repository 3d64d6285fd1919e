/** The JSON door described for clients we did not write: OpenAPI 3.1. A test holds it to the routes that there are. */
export function openApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Svar',
      version: '1',
      description:
        'Self-help, service requests and cases. Moments are ISO 8601 in UTC. Refusals are problem+json with a `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    paths: PATHS,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token from `svar token`.' },
        program: {
          type: 'oauth2',
          description: 'A program made on the page Programs. Its tokens live an hour.',
          flows: {
            clientCredentials: {
              tokenUrl: '/{operator}/oauth2/v2.0/token',
              scopes: {
                'ServiceHealth.Read.All': 'Incidents, advisories, history',
                'ServiceMessage.Read.All': 'Messages about planned changes',
              },
            },
          },
        },
      },
      schemas: SCHEMAS,
      parameters: PARAMETERS,
      responses: {
        Problem: {
          description: 'The request was refused.',
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      },
    },
  }
}

const string = { type: 'string' }
const integer = { type: 'integer' }
const moment = { type: 'string', format: 'date-time' }
const nullable = (schema: { type: string; format?: string }) => ({ ...schema, type: [schema.type, 'null'] })

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` }
}

function parameter(name: string) {
  return { $ref: `#/components/parameters/${name}` }
}

function query(name: string, schema: object, description: string) {
  return { name, in: 'query', schema, description }
}

const PARAMETERS = {
  number: {
    name: 'number',
    in: 'path',
    required: true,
    schema: string,
    description: 'A case number; hyphens and blanks are ignored.',
  },
  key: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', maxLength: 200 },
    description: 'The same key twice opens one case.',
  },
}

function object(properties: Record<string, object>, required: readonly string[] = Object.keys(properties)) {
  return { type: 'object', required, properties }
}

const severity = { type: 'string', description: "As the operator's charter names it; see /service-requests/options." }
const contact = object({ method: { type: 'string', enum: ['phone', 'email'] }, phone: string, email: string }, [
  'method',
  'email',
])

const SCHEMAS = {
  Problem: object({ type: string, title: string, status: { type: 'integer' }, code: string, requestId: string }, [
    'type',
    'title',
    'status',
    'code',
  ]),
  Article: object({
    id: string,
    title: string,
    language: string,
    url: string,
    passage: string,
    score: { type: 'number' },
  }),
  Because: object({ code: string, severity, text: string }),
  NewServiceRequest: {
    ...object(
      {
        title: { type: 'string', maxLength: 150 },
        description: { type: 'string', maxLength: 20000 },
        supportType: string,
        topic: string,
        requestedSeverity: severity,
        impact: { type: 'object', additionalProperties: string },
        businessImpact: { type: 'string', maxLength: 4000 },
        contact,
        language: { type: 'string', enum: ['en', 'da', 'zh-Hans'] },
      },
      ['title', 'description', 'supportType', 'topic', 'contact'],
    ),
    additionalProperties: false,
  },
  OpenedCase: object({
    number: string,
    severity,
    cappedFrom: nullable(string),
    because: { type: 'array', items: ref('Because') },
    initialResponse: object({ due: moment, calendar: string, zone: string, target: string }),
    openedAt: moment,
  }),
  CaseLine: object({
    number: string,
    title: string,
    severity,
    supportType: string,
    topic: string,
    waitingFor: string,
    organization: string,
    assigned: nullable(string),
    openedAt: moment,
    closedAt: nullable(moment),
    due: nullable(moment),
  }),
  Clock: object({
    kind: string,
    state: { type: 'string', enum: ['running', 'met', 'breached', 'stopped'] },
    startedAt: moment,
    due: moment,
    metAt: nullable(moment),
    breachedAt: nullable(moment),
    target: string,
    calendar: string,
    zone: string,
    charterVersion: { type: 'integer' },
  }),
  Call: object({
    call: {
      oneOf: [
        object({
          id: string,
          state: {
            type: 'string',
            enum: ['scheduled', 'waiting', 'offered', 'calling', 'talking', 'new-time', 'done', 'cancelled'],
          },
          phone: string,
          phoneWritten: string,
          language: string,
          zone: string,
          askedAt: moment,
          at: nullable(moment),
          place: nullable(integer),
          wait: { oneOf: [ref('Wait'), { type: 'null' }] },
          promisedUntil: nullable(moment),
          calledAt: nullable(moment),
          misses: integer,
        }),
        { type: 'null' },
      ],
    },
    offered: { type: 'boolean' },
    now: { oneOf: [ref('Wait'), { type: 'null' }] },
    times: { type: 'array', items: moment },
  }),
  Wait: object(
    {
      kind: { type: 'string', enum: ['now', 'range', 'opens', 'unstaffed', 'unknown'] },
      lowMinutes: integer,
      highMinutes: integer,
      opensAt: moment,
      after: object({ lowMinutes: integer, highMinutes: integer }),
    },
    ['kind'],
  ),
  PromiseFigures: object({
    met: integer,
    breached: integer,
    compliance: {
      type: ['number', 'null'],
      description: 'met / (met + breached) in thousandths; null for nothing due.',
    },
    excluded: object({ running: integer, paused: integer, stopped: integer, unpromised: integer }),
  }),
  QuestionFigures: object({
    asked: integer,
    good: { type: 'integer', description: 'Opened, not said to have solved nothing, and no case within seven days.' },
    nothingFound: integer,
    nothingOpened: integer,
    notSolved: integer,
    caseFollowed: integer,
    saidSolved: integer,
  }),
  Message: object({
    id: string,
    author: object({ kind: string, name: string }),
    visibility: string,
    body: string,
    writtenAt: moment,
    attachments: { type: 'array', items: { type: 'object' } },
  }),
  Case: object({
    number: string,
    title: string,
    severity,
    status: { type: 'string', enum: ['open', 'closed'] },
    initialResponse: ref('Clock'),
    mayBeAbout: { type: 'array', items: object({ id: string, title: string }) },
    messages: { type: 'array', items: ref('Message') },
    events: { type: 'array', items: object({ kind: string, at: moment }) },
  }),
}

const monthSchema = { type: 'string', pattern: '^2\\d{3}-(0[1-9]|1[0-2])$' }
const OWED_KINDS = ['initial-response', 'next-response', 'progress-update', 'resolution']

function answers(status: number, description: string, schema?: object) {
  const content = schema ? { content: { 'application/json': { schema } } } : {}
  return { [status]: { description, ...content }, default: { $ref: '#/components/responses/Problem' } }
}

function body(schema: object) {
  return { required: true, content: { 'application/json': { schema } } }
}

const find = (summary: string, operationId: string) => ({
  summary,
  operationId,
  security: [],
  parameters: [
    query('q', string, 'What somebody typed.'),
    query('language', string, 'BCP 47; the nearest language there is answers.'),
    query('operator', string, 'Whose articles; the first operator without it.'),
    query('limit', { type: 'integer', minimum: 1, maximum: 50, default: 10 }, 'At most so many results.'),
    query('product', string, 'Only articles about this product, as they name it.'),
    query('audience', string, 'Only articles written for these readers, as `admin` or `end-user`.'),
    query(
      'explain',
      { type: 'string', enum: ['1'] },
      'With what each score is made of; for the token of a support lead.',
    ),
    query(
      'settled',
      { type: 'string', enum: ['yes', 'no'], default: 'no' },
      'A person has settled on this question: it is noted as evidence, the links carry its reference, and the answer has it too.',
    ),
  ],
  responses: answers(200, 'The best first.', object({ results: { type: 'array', items: ref('Article') } })),
})

const PATHS = {
  '/openapi.json': {
    get: {
      summary: 'This document',
      operationId: 'openApi',
      security: [],
      responses: answers(200, 'OpenAPI 3.1', { type: 'object' }),
    },
  },
  '/articles/search': { get: find('Search the help articles', 'searchArticles') },
  '/articles/suggest': { get: find('Suggest help articles while somebody types', 'suggestArticles') },
  '/me': {
    get: {
      summary: 'Who the token stands for',
      operationId: 'me',
      responses: answers(200, 'People and agents of this sign-in.', { type: 'object' }),
    },
  },
  '/program': {
    get: {
      summary: "Which program a token is of, and what it may read: for programs' tokens only",
      operationId: 'program',
      security: [{ program: [] }],
      responses: answers(
        200,
        'The program.',
        object({
          clientId: string,
          name: string,
          organizationId: nullable(string),
          scopes: { type: 'array', items: string },
          expiresAt: moment,
        }),
      ),
    },
  },
  '/service-requests/options': {
    get: {
      summary: 'Support types, topics, severities and impact questions of the charter in force',
      operationId: 'serviceRequestOptions',
      responses: answers(200, 'What may be asked.', { type: 'object' }),
    },
  },
  '/cases': {
    get: {
      summary: "The organization's cases, newest first; for agents the queue, most urgent first",
      operationId: 'listCases',
      parameters: [
        query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 25 }, 'Cases a page.'),
        query('cursor', string, '`next` of the page before.'),
        query('waitingFor', { type: 'string', enum: ['operator', 'customer'] }, 'For agents: whose turn it is.'),
      ],
      responses: answers(
        200,
        'A page.',
        object({ cases: { type: 'array', items: ref('CaseLine') }, next: nullable(string) }),
      ),
    },
    post: {
      summary: 'Open a case for a service request',
      operationId: 'openCase',
      parameters: [parameter('key')],
      requestBody: body(ref('NewServiceRequest')),
      responses: answers(201, 'The case, its severity and when the answer is due.', ref('OpenedCase')),
    },
  },
  '/cases/{number}': {
    get: {
      summary: 'A case with its messages and events',
      operationId: 'showCase',
      parameters: [parameter('number')],
      responses: answers(200, 'The case.', ref('Case')),
    },
  },
  '/cases/{number}/messages': {
    get: {
      summary: 'What was said in a case',
      operationId: 'listMessages',
      parameters: [parameter('number')],
      responses: answers(200, 'Oldest first.', object({ messages: { type: 'array', items: ref('Message') } })),
    },
    post: {
      summary: 'Write in a case: a reply, or as an agent an answer, a question or a note',
      operationId: 'writeMessage',
      parameters: [parameter('number')],
      requestBody: body(
        object(
          {
            body: { type: 'string', maxLength: 20000 },
            kind: { type: 'string', enum: ['answer', 'question', 'note'] },
          },
          ['body'],
        ),
      ),
      responses: answers(201, 'All messages.', object({ messages: { type: 'array', items: ref('Message') } })),
    },
  },
  '/cases/{number}/close': {
    post: {
      summary: 'Close a case',
      operationId: 'closeCase',
      parameters: [parameter('number')],
      responses: answers(204, 'Closed.'),
    },
  },
  '/cases/{number}/about': {
    post: {
      summary: 'Say whether a case is about a known problem: `yes` hangs it on one, `no` names those it is not about',
      operationId: 'sayWhatItIsAbout',
      parameters: [parameter('number')],
      requestBody: body(object({ yes: string, no: { type: 'array', maxItems: 20, items: string } }, [])),
      responses: answers(204, 'Noted.'),
    },
  },
  '/cases/{number}/clocks': {
    get: {
      summary: 'The clocks of a case',
      operationId: 'listClocks',
      parameters: [parameter('number')],
      responses: answers(
        200,
        'Running, met, breached or stopped.',
        object({ clocks: { type: 'array', items: ref('Clock') } }),
      ),
    },
  },
  '/cases/{number}/call': {
    get: {
      summary: 'The call promised in a case, and what can be promised now',
      operationId: 'getCall',
      parameters: [parameter('number')],
      responses: answers(
        200,
        'The last call of the case, the wait of whoever asks now, and the free times.',
        ref('Call'),
      ),
    },
    post: {
      summary: 'Ask for a call, or for another time or number',
      operationId: 'promiseCall',
      parameters: [parameter('number')],
      requestBody: body(
        object({ phone: string, at: moment, language: { type: 'string', enum: ['en', 'da', 'zh-Hans'] } }, ['phone']),
      ),
      responses: answers(201, 'Promised: at once, or at one of the free times.', ref('Call')),
    },
    delete: {
      summary: 'Call off the call of a case',
      operationId: 'cancelCall',
      parameters: [parameter('number')],
      responses: answers(204, 'There is no call any more.'),
    },
  },
  '/reports/calls': {
    get: {
      summary: 'How promised waits and times of calls were kept lately; for agents',
      operationId: 'reportCalls',
      responses: answers(
        200,
        'Calls of so many days: promised, kept of these, and without a promise.',
        object({ days: integer, promised: integer, kept: integer, unpromised: integer }),
      ),
    },
  },
  '/reports/questions': {
    get: {
      summary: 'What customers asked the help articles without a good answer, the worst first; for support leads',
      operationId: 'reportQuestions',
      parameters: [
        query('from', { type: 'string', format: 'date' }, 'The first day; the last thirty days without it.'),
        query('to', { type: 'string', format: 'date' }, 'The last day, included.'),
        query('language', string, 'One language only.'),
      ],
      responses: answers(
        200,
        'Figures of all questions, of those whose seven days are over, and groups of questions with the same words.',
        object({
          from: string,
          to: string,
          zone: string,
          total: ref('QuestionFigures'),
          settled: {
            allOf: [ref('QuestionFigures'), object({ selfServedPercent: nullable(integer) })],
          },
          groups: {
            type: 'array',
            items: {
              allOf: [
                ref('QuestionFigures'),
                object({
                  language: string,
                  text: string,
                  lastAskedAt: moment,
                  taught: { type: 'array', items: string },
                }),
              ],
            },
          },
          articles: {
            type: 'array',
            items: object({
              id: string,
              language: string,
              title: nullable(string),
              solved: integer,
              unsolved: integer,
              missing: { type: 'array', items: string },
            }),
          },
        }),
      ),
    },
  },
  '/reports/response-targets': {
    get: {
      summary: "How the operator's promises were kept, by month; for support leads",
      operationId: 'reportResponseTargets',
      parameters: [
        query('from', monthSchema, 'The first month of the dues, such as 2026-01; the last six months without it.'),
        query('to', monthSchema, 'The last month of the dues; at most 60 months.'),
        query('asOf', { type: 'string', format: 'date' }, 'What was known at the end of this date; now without it.'),
        query('clock', { type: 'string', enum: OWED_KINDS }, 'One kind of promise only.'),
        query('severity', severity, 'One severity only.'),
        query('supportType', string, 'One support type only.'),
      ],
      responses: answers(
        200,
        'A row for each month, clock, severity and support type; without a month for what has no due time.',
        object({
          from: string,
          to: string,
          asOf: { type: 'string', format: 'date' },
          zone: string,
          total: ref('PromiseFigures'),
          rows: {
            type: 'array',
            items: {
              allOf: [
                object({ month: nullable(string), clock: string, severity: string, supportType: string }),
                ref('PromiseFigures'),
              ],
            },
          },
        }),
      ),
    },
  },
}
