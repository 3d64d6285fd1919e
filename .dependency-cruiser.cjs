// Who may lean on whom; every rule below follows from this list. Rooms of one line do not know each other.
const RANKS = [
  ['search', 'waiting'],
  ['calendars', 'people', 'evidence'],
  ['partners', 'entitlements', 'phone'],
  ['self-help'],
  ['response-targets', 'rights'],
  ['service-health'],
  ['cases'],
  ['callbacks', 'surveys', 'channels', 'holidays', 'reports', 'answers', 'editing', 'programs', 'status-feeds'],
  ['contact', 'health-notices', 'callers'],
]
const ROOM = '^src/rooms/([^/]+)/'
const DATABASE_DRIVERS = '(^|/)node_modules/(@types/pg|kysely|pg)/'

const onlyLowerRooms = RANKS.flatMap((rank, at) =>
  rank.map((room) => ({
    name: `${room}-leans-only-on-lower-rooms`,
    severity: 'error',
    comment: `Rooms build on each other in one direction. If ${room} must tell a higher room something, record an event; app/reactions.ts lists who answers.`,
    from: { path: `^src/rooms/${room}/` },
    to: { path: `^src/rooms/(${roomsNotBelow(room, at)})/` },
  })),
)

function roomsNotBelow(room, at) {
  const others = RANKS.slice(at).flat()
  return others.filter((other) => other !== room).join('|') || 'none'
}

module.exports = {
  forbidden: [
    ...onlyLowerRooms,
    {
      name: 'every-room-has-its-place',
      severity: 'error',
      comment: 'A new room gets its place in RANKS, above all it leans on, before it is used or uses anything.',
      from: { path: '^src/rooms/', pathNot: `^src/rooms/(${RANKS.flat().join('|')})/` },
      to: {},
    },
    {
      name: 'enter-by-the-front-door',
      severity: 'error',
      comment: 'Use a room through its index.ts; only pure rules may use pure rules directly.',
      from: { path: ROOM, pathNot: '/rules/' },
      to: { path: ROOM, pathNot: ['^src/rooms/$1/', '/index\\.ts$'] },
    },
    {
      name: 'the-app-enters-by-a-door-too',
      severity: 'error',
      comment: 'The app uses what a room names in index.ts, and hangs up its doors: pages.ts and api.ts.',
      from: { path: '^src/', pathNot: '^src/rooms/' },
      to: { path: ROOM, pathNot: '/(index|pages|api)\\.ts$' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      comment:
        'A rule reads its arguments and returns its answer: no database, no framework, no Node. Let the verb fetch what it needs.',
      from: { path: '/rules/', pathNot: '\\.test\\.tsx?$' },
      to: { pathNot: ['/rules/', '^src/base/'] },
    },
    {
      name: 'pages-do-not-query',
      severity: 'error',
      comment: 'A page calls a verb and shows what comes back, so that the JSON door gives the same answer.',
      from: { path: '/web/|/api\\.ts$' },
      to: { path: `(/store|/tables)\\.ts$|^src/database/(?!work|actor)|${DATABASE_DRIVERS}` },
    },
    {
      name: 'sql-lives-in-stores',
      severity: 'error',
      comment: "SQL lives in the room's store.ts, one function per question, named for the question.",
      from: { path: '^src/', pathNot: '/(store|tables)\\.ts$|^src/(database|jobs)/' },
      to: { path: DATABASE_DRIVERS },
    },
    {
      name: 'ground-knows-no-room',
      severity: 'error',
      comment: 'The ground is tools, without a word about cases or customers. Hand in what it needs to know.',
      from: { path: '^src/(base|database|jobs|ui|api)/' },
      to: { path: '^src/(rooms|app)/' },
    },
    {
      name: 'base-leans-on-nothing',
      severity: 'error',
      comment:
        'base is a handful of files everybody may use, rules too; what needs more belongs elsewhere in the ground.',
      from: { path: '^src/base/', pathNot: '\\.test\\.tsx?$' },
      to: { pathNot: ['^src/base/', '^(node:)?crypto$'] },
    },
    {
      name: 'only-main-starts-the-app',
      severity: 'error',
      comment: 'The app knows every room, so no room may know the app.',
      from: { path: '^src/', pathNot: '^src/(app/|main\\.ts)' },
      to: { path: '^src/app/' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      comment: 'What ships does not lean on tests or on their world.',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$|^test/' },
    },
    {
      name: 'ships-what-it-needs',
      severity: 'error',
      comment: '`npm start` installs no development packages: move it to "dependencies", or import only its types.',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      comment: 'An import that leads nowhere is an import no rule can judge.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or miss a third that both can lean on.',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default', 'require'],
    },
  },
}
