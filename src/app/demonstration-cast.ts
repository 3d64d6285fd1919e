import type { Locale, Words } from '../base/locale.ts'
import type { AgentMessage, ServiceRequest } from '../rooms/cases/index.ts'
import type { Kind, State } from '../rooms/service-health/index.ts'

/** The demonstration's people and what happened to them. All made up; addresses end in `.example`, which nobody has. */

export type CastPerson = {
  readonly email: string
  readonly name: string
  readonly phone: string | null
  readonly language: Locale
  readonly zone: string
  readonly roles: readonly string[]
}

type CastOrganization = {
  readonly operator: string
  readonly name: string
  readonly country: string
  readonly contract: string | null
  readonly partner?: { readonly name: string; readonly phone: string; readonly email: string; readonly website: string }
  readonly people: readonly CastPerson[]
  readonly subscriptions?: readonly { readonly name: string; readonly seats: number; readonly soldByPartner: boolean }[]
  readonly addOn?: { readonly addOn: string; readonly seats: number }
  /** Somebody of the partner, who may act once the organization has consented; and whether it has. */
  readonly onBehalf?: { readonly person: CastPerson; readonly consented: boolean }
}

const COPENHAGEN = 'Europe/Copenhagen'
const SHANGHAI = 'Asia/Shanghai'

export const ORGANIZATIONS: readonly CastOrganization[] = [
  {
    operator: 'microsoft',
    name: 'Havn Logistik',
    country: 'DK',
    contract: 'premium',
    people: [
      {
        email: 'admin@havn.example',
        name: 'Asta Holm',
        phone: '+4532123456',
        language: 'da',
        zone: COPENHAGEN,
        roles: ['global-admin'],
      },
      { email: 'employee@havn.example', name: 'Bo Lind', phone: null, language: 'da', zone: COPENHAGEN, roles: [] },
    ],
  },
  {
    operator: 'microsoft',
    name: 'Livs Bageri',
    country: 'DK',
    contract: null,
    partner: {
      name: 'Nordlys IT',
      phone: '+45 70 10 10 10',
      email: 'hjaelp@nordlys.example',
      website: 'https://nordlys.example/',
    },
    subscriptions: [{ name: 'Microsoft 365 Business Standard', seats: 5, soldByPartner: true }],
    onBehalf: {
      person: {
        email: 'nora@nordlys.example',
        name: 'Nora Vik',
        phone: '+4570101010',
        language: 'da',
        zone: COPENHAGEN,
        roles: ['service-support-admin'],
      },
      consented: true,
    },
    people: [
      {
        email: 'owner@bageri.example',
        name: 'Liv Bager',
        phone: '+4520304050',
        language: 'da',
        zone: COPENHAGEN,
        roles: ['global-admin', 'billing-admin'],
      },
    ],
  },
  {
    operator: 'microsoft',
    name: 'Pine Street Clinic',
    country: 'US',
    contract: null,
    subscriptions: [{ name: 'Microsoft 365 Business Basic', seats: 4, soldByPartner: false }],
    addOn: { addOn: 'business-assist', seats: 4 },
    people: [
      {
        email: 'it@pinestreet.example',
        name: 'Dana Whitfield',
        phone: '+12065550142',
        language: 'en',
        zone: 'America/Los_Angeles',
        roles: ['global-admin', 'service-support-admin'],
      },
      {
        email: 'frontdesk@pinestreet.example',
        name: 'Ruth Ellison',
        phone: null,
        language: 'en',
        zone: 'America/Los_Angeles',
        roles: [],
      },
    ],
  },
  {
    operator: '21vianet',
    name: '金陵物流',
    country: 'CN',
    contract: 'premium',
    people: [
      {
        email: 'admin@jinling.example',
        name: '陈静',
        phone: '+862583201234',
        language: 'zh-Hans',
        zone: SHANGHAI,
        roles: ['global-admin'],
      },
    ],
  },
  {
    operator: '21vianet',
    name: '绿野食品',
    country: 'CN',
    contract: null,
    people: [
      {
        email: 'admin@lvye.example',
        name: '李伟',
        phone: '+862161234567',
        language: 'zh-Hans',
        zone: SHANGHAI,
        roles: ['global-admin'],
      },
    ],
  },
]

export const AGENTS: readonly {
  operator: string
  email: string
  name: string
  language: Locale
  zone: string
  lead: boolean
}[] = [
  {
    operator: 'microsoft',
    email: 'agent@microsoft.example',
    name: 'Mette Krogh',
    language: 'en',
    zone: COPENHAGEN,
    lead: false,
  },
  {
    operator: 'microsoft',
    email: 'lead@microsoft.example',
    name: 'Jonas Berg',
    language: 'en',
    zone: COPENHAGEN,
    lead: true,
  },
  {
    operator: '21vianet',
    email: 'agent@21vianet.example',
    name: '王芳',
    language: 'zh-Hans',
    zone: SHANGHAI,
    lead: false,
  },
  {
    operator: '21vianet',
    email: 'lead@21vianet.example',
    name: '赵磊',
    language: 'zh-Hans',
    zone: SHANGHAI,
    lead: true,
  },
]

/** Who takes calls, in which languages, between which hours of every day. */
export const SHIFTS: readonly {
  readonly email: string
  readonly languages: readonly Locale[]
  readonly from: number
  readonly until: number
}[] = [
  { email: 'agent@microsoft.example', languages: ['en', 'da'], from: 7, until: 16 },
  { email: 'lead@microsoft.example', languages: ['en', 'da'], from: 12, until: 22 },
  { email: 'agent@21vianet.example', languages: ['zh-Hans'], from: 8, until: 17 },
  { email: 'lead@21vianet.example', languages: ['zh-Hans', 'en'], from: 9, until: 18 },
]

/** Who waits for a call. */
export const CALL = {
  operator: 'microsoft',
  email: 'admin@havn.example',
  phone: '+4532123456',
  language: 'da',
  zone: COPENHAGEN,
} as const

/** Who to sign in as, told when the demonstration starts. */
export const CAST = [
  ...ORGANIZATIONS.flatMap(({ operator, name, contract, people }) =>
    people.map(({ email, roles }) => ({
      operator,
      email,
      role: `${roles.length ? 'administrator' : 'employee'} of ${name}${contract ? ` (${contract})` : ''}`,
    })),
  ),
  ...ORGANIZATIONS.flatMap(({ operator, name, onBehalf }) =>
    onBehalf ? [{ operator, email: onBehalf.person.email, role: `partner, on behalf of ${name}` }] : [],
  ),
  ...AGENTS.map(({ operator, email, lead }) => ({ operator, email, role: lead ? 'support lead' : 'agent' })),
]

/** What is, was and will be wrong; hours are counted back from the filling, and ahead where they are negative. */
export const INCIDENTS: readonly {
  operator: string
  service: string
  kind: Kind
  state: State
  title: Words
  impact: Words
  hoursAgo: number
  /** Of maintenance: for how many hours it is meant to last. */
  lasts?: number
  /** Of what is over: when it was restored. */
  restoredHoursAgo?: number
  /** What was posted, once it was declared. */
  post?: Words
}[] = [
  {
    operator: 'microsoft',
    service: 'files',
    kind: 'incident',
    state: 'serviceInterruption',
    title: {
      en: 'Shared folders cannot be opened',
      da: 'Delte mapper kan ikke åbnes',
      'zh-Hans': '无法打开共享文件夹',
    },
    impact: {
      en: 'Files in shared folders could not be opened or saved. Files on your own drive were not affected.',
      da: 'Filer i delte mapper kunne hverken åbnes eller gemmes. Filer på eget drev var ikke berørt.',
      'zh-Hans': '共享文件夹中的文件无法打开或保存，个人驱动器上的文件不受影响。',
    },
    hoursAgo: 9 * 24 + 3,
    restoredHoursAgo: 9 * 24,
    post: {
      en: 'A storage unit had failed. It has been replaced, and no file was lost.',
      da: 'En lagerenhed var gået i stykker. Den er udskiftet, og ingen filer er gået tabt.',
      'zh-Hans': '一个存储单元发生故障，现已更换，没有文件丢失。',
    },
  },
  {
    operator: 'microsoft',
    service: 'meetings',
    kind: 'advisory',
    state: 'serviceDegradation',
    title: { en: 'Recordings appear late', da: 'Optagelser dukker sent op', 'zh-Hans': '会议录制内容延迟出现' },
    impact: {
      en: 'Meeting recordings may take up to two hours to appear. Meetings themselves are not affected.',
      da: 'Der kan gå op til to timer, før mødeoptagelser dukker op. Selve møderne er ikke berørt.',
      'zh-Hans': '会议录制内容最长可能需要两小时才能显示，会议本身不受影响。',
    },
    hoursAgo: 5,
    post: {
      en: 'We have added capacity. Recordings of this morning will all be there by the evening.',
      da: 'Vi har udvidet kapaciteten. Alle optagelser fra i formiddags er klar i aften.',
      'zh-Hans': '我们已增加处理能力，今天上午的录制内容将在晚上前全部显示。',
    },
  },
  {
    operator: 'microsoft',
    service: 'mail',
    kind: 'maintenance',
    state: 'serviceOperational',
    title: {
      en: 'Mailboxes move to new servers',
      da: 'Postkasser flyttes til nye servere',
      'zh-Hans': '邮箱迁移到新服务器',
    },
    impact: {
      en: 'Mail may arrive up to ten minutes late. You need not do anything.',
      da: 'Mails kan komme op til ti minutter forsinket frem. I skal ikke gøre noget.',
      'zh-Hans': '邮件可能延迟最多十分钟送达，您无需采取任何操作。',
    },
    hoursAgo: -72,
    lasts: 4,
  },
]

type Step =
  | { readonly by: 'agent'; readonly kind: AgentMessage; readonly minutesAgo: number; readonly body: string }
  | { readonly by: 'customer'; readonly minutesAgo: number; readonly body: string }
  | { readonly by: 'close'; readonly minutesAgo: number }

export type Story = {
  readonly operator: string
  readonly from: string
  readonly phone?: string
  readonly minutesAgo: number
  readonly request: Omit<ServiceRequest, 'contact'>
  readonly afterwards: readonly Step[]
}

const DAY = 24 * 60

/** What was said of steps of checklists, by customers and by those who help them. */
export const TICKED: readonly {
  readonly operator: string
  readonly by: string
  /** Whose checklist it is: an address of one of its people. */
  readonly of: string
  readonly checklist: string
  readonly step: string
  readonly mark: 'done' | 'not-for-us' | 'noted'
  readonly word?: string
  readonly minutesAgo: number
}[] = [
  { step: 'accounts', by: 'it@pinestreet.example', mark: 'done' as const, minutesAgo: 41 * DAY + 300 },
  { step: 'office-apps', by: 'frontdesk@pinestreet.example', mark: 'done' as const, minutesAgo: 38 * DAY + 120 },
  {
    step: 'own-domain',
    by: 'agent@microsoft.example',
    mark: 'done' as const,
    word: 'Done together on the phone. Mail to the old addresses still arrives.',
    minutesAgo: 36 * DAY + 200,
  },
  {
    step: 'shared-mailbox',
    by: 'it@pinestreet.example',
    mark: 'not-for-us' as const,
    word: 'Patients call us, and the front desk has a mailbox of its own.',
    minutesAgo: 36 * DAY + 20,
  },
  {
    step: 'multi-factor',
    by: 'frontdesk@pinestreet.example',
    mark: 'noted' as const,
    word: 'Two of us share a phone at the front desk. What do we do about that?',
    minutesAgo: 22 * DAY + 400,
  },
].map((one) => ({ operator: 'microsoft', of: 'it@pinestreet.example', checklist: 'settling-in', ...one }))

export const STORIES: readonly Story[] = [
  {
    operator: 'microsoft',
    from: 'admin@havn.example',
    phone: '+4532123456',
    minutesAgo: 18,
    request: {
      title: 'Ingen i firmaet kan sende eller modtage mail',
      description:
        'Siden omkring kl. 8 er al ekstern mail blevet hængende. Afsendere får 451 4.7.0 tilbage. Vi har kontrolleret DNS og ikke ændret noget. Terminalen i Fredericia kan ikke bekræfte ankomster.',
      supportType: 'technical',
      topic: 'exchange-mail-flow',
      impact: { works: 'not-at-all', affected: 'many', workaround: 'no' },
      businessImpact: '240 medarbejdere; skibe venter på papirer.',
      language: 'da',
    },
    afterwards: [],
  },
  {
    operator: 'microsoft',
    from: 'it@pinestreet.example',
    minutesAgo: 95,
    request: {
      title: 'Outlook asks for the password again and again',
      description:
        'Three people at the front desk are asked for their password every few minutes since this morning. Webmail works. Error code in the event log: AADSTS50076.',
      supportType: 'technical',
      topic: 'single-sign-on',
      impact: { works: 'impaired', affected: 'several', workaround: 'yes' },
      businessImpact: 'Check-in of patients is slower.',
      language: 'en',
    },
    afterwards: [],
  },
  {
    operator: 'microsoft',
    from: 'owner@bageri.example',
    minutesAgo: 3 * DAY,
    request: {
      title: 'Fakturaen viser 6 licenser, men vi er 5',
      description:
        'På den seneste faktura står der 6 licenser. Vi fjernede én i sidste måned, da Emil stoppede. Kan I rette det?',
      supportType: 'billing',
      topic: 'understand-bill',
      impact: { works: 'question-only', affected: 'one', workaround: 'yes' },
      businessImpact: '',
      language: 'da',
    },
    afterwards: [
      {
        by: 'agent',
        kind: 'note',
        minutesAgo: 2 * DAY + 200,
        body: 'Licensen blev fjernet to dage efter, at perioden var begyndt. Krediteres på næste faktura.',
      },
      {
        by: 'agent',
        kind: 'question',
        minutesAgo: 2 * DAY + 180,
        body: 'Hej Liv\n\nLicensen blev fjernet den 3., og perioden begyndte den 1. Vi krediterer resten på næste faktura. Er det i orden, eller ønsker du beløbet tilbage på kortet?\n\nVenlig hilsen\nMette',
      },
    ],
  },
  {
    operator: 'microsoft',
    from: 'admin@havn.example',
    minutesAgo: 9 * DAY,
    request: {
      title: 'Gæster kan ikke åbne en delt mappe',
      description:
        'Vores revisor får "Du har ikke adgang" på en mappe, vi har delt med gæster. Det virkede i sidste uge.',
      supportType: 'technical',
      topic: 'external-users',
      impact: { works: 'impaired', affected: 'one', workaround: 'no' },
      businessImpact: '',
      language: 'da',
    },
    afterwards: [
      {
        by: 'agent',
        kind: 'answer',
        minutesAgo: 9 * DAY - 140,
        body: 'Hej Asta\n\nDeling med gæster blev slået fra for hele organisationen i torsdags. Slå den til igen under Deling i administrationscenteret, og send linket på ny.',
      },
      { by: 'customer', minutesAgo: 8 * DAY, body: 'Det virker igen. Tak for det hurtige svar!' },
      { by: 'close', minutesAgo: 8 * DAY - 10 },
    ],
  },
  {
    operator: 'microsoft',
    from: 'it@pinestreet.example',
    minutesAgo: 30 * 60,
    request: {
      title: 'How do I set a password that never expires for one account?',
      description:
        'The label printer signs in with an account whose password expires every 90 days. Where do I change that for this account only?',
      supportType: 'technical',
      topic: 'user-accounts',
      impact: { works: 'question-only', affected: 'one', workaround: 'yes' },
      businessImpact: '',
      language: 'en',
    },
    afterwards: [],
  },
  {
    operator: '21vianet',
    from: 'admin@jinling.example',
    phone: '+862583201234',
    minutesAgo: 12,
    request: {
      title: '全公司无法收发外部邮件',
      description: '今天早上 8 点起，所有外部邮件都无法收发，发件人收到 451 4.7.0。我们没有更改过 DNS。',
      supportType: 'technical',
      topic: 'exchange-mail-flow',
      impact: { works: 'not-at-all', affected: 'many', workaround: 'no' },
      businessImpact: '两个仓库无法确认出库单。',
      language: 'zh-Hans',
    },
    afterwards: [],
  },
  {
    operator: '21vianet',
    from: 'admin@lvye.example',
    minutesAgo: 5 * 60,
    request: {
      title: '目录同步报错，部分用户未更新',
      description: '昨晚起目录同步出现错误，约二十名用户的部门信息没有更新。重新启动同步服务后仍然如此。',
      supportType: 'technical',
      topic: 'directory-sync',
      impact: { works: 'impaired', affected: 'several', workaround: 'yes' },
      businessImpact: '',
      language: 'zh-Hans',
    },
    afterwards: [],
  },
  {
    operator: '21vianet',
    from: 'admin@lvye.example',
    minutesAgo: 6 * DAY,
    request: {
      title: '如何续订即将到期的订阅？',
      description: '我们的订阅下个月到期，想确认续订步骤和发票抬头。',
      supportType: 'billing',
      topic: 'renew-subscription',
      impact: { works: 'question-only', affected: 'one', workaround: 'yes' },
      businessImpact: '',
      language: 'zh-Hans',
    },
    afterwards: [
      {
        by: 'agent',
        kind: 'answer',
        minutesAgo: 6 * DAY - 200,
        body: '李伟，您好：\n\n请在“计费”中选择该订阅并选择“续订”，发票抬头可在“计费帐户”中修改。\n\n王芳',
      },
      { by: 'close', minutesAgo: 5 * DAY },
    ],
  },
]
