import { describeLogin } from '../database/connection.ts'
import { yearsMissing } from '../rooms/calendars/index.ts'
import { charterInForce, missingYearText } from '../rooms/entitlements/index.ts'
import { operators } from '../rooms/people/index.ts'
import type { Ground } from './parts.ts'
import { replayAll } from './replay.ts'
import type { Settings } from './settings.ts'
import { certificateStandings } from './tls.ts'
import type { CertificateStanding } from './tls.ts'

export type Finding = { readonly state: 'well' | 'worry' | 'wrong'; readonly finding: string; readonly remedy: string }

/** Looks at all that can be wrong: what has to hold before anybody is served, and what is in the database. */
export async function examine(ground: Ground, settings: Settings): Promise<readonly Finding[]> {
  const standing = await examineStanding(ground, settings)
  if (standing.some(({ state }) => state === 'wrong')) return standing
  return [
    ...standing,
    ...examineCertificates(settings, Temporal.Now.instant()),
    await examineClocks(ground),
    ...(await examineHolidays(ground)),
  ]
}

/** Looks at what has to hold before anybody is served: the login, the schema, the operators, the way mail goes out. */
export async function examineStanding(ground: Ground, settings: Settings): Promise<readonly Finding[]> {
  return [...(await examineLogin(ground)), await examineOperators(ground), examineMail(settings), examineUrl(settings)]
}

async function examineLogin({ connection }: Ground): Promise<readonly Finding[]> {
  const { name, aboveTheWall, serverVersion } = await describeLogin(connection)
  return [
    aboveTheWall
      ? {
          state: 'wrong',
          finding: `The login ${name} stands above row-level security.`,
          remedy:
            'Serve as svar_login (svar migrate makes it; give it a password), and keep the owner for SVAR_OWNER_URL.',
        }
      : { state: 'well', finding: `The login ${name} owns nothing and is bound by row-level security.`, remedy: '' },
    serverVersion < 150000
      ? { state: 'wrong', finding: 'PostgreSQL is older than 15.', remedy: 'Upgrade it to 15 or newer.' }
      : { state: 'well', finding: `PostgreSQL ${Math.floor(serverVersion / 10000)} answers.`, remedy: '' },
  ]
}

async function examineOperators({ database }: Ground): Promise<Finding> {
  try {
    const all = await database.work({ kind: 'visitor' }, (work) => operators(work))
    if (all.length === 0)
      return {
        state: 'worry',
        finding: 'There is no operator yet.',
        remedy: 'Apply a charter: svar charter apply charters/<operator>',
      }
    return { state: 'well', finding: `Operators: ${all.map(({ slug }) => slug).join(', ')}.`, remedy: '' }
  } catch {
    return { state: 'wrong', finding: 'The schema is missing or too old.', remedy: 'Run: svar migrate' }
  }
}

const SAMPLE = 1000

/** Clocks are a function of a case's events; a stored one that is not came about by a mistake, or by somebody's hand. */
async function examineClocks({ database }: Ground): Promise<Finding> {
  const { clocks, cases, differences } = await replayAll(database, SAMPLE)
  if (differences.length === 0)
    return { state: 'well', finding: `${clocks} clocks of ${cases} cases are what their events say.`, remedy: '' }
  return {
    state: 'wrong',
    finding: `${differences.length} clocks are not what their events say, that of case ${differences[0]?.number} among them.`,
    remedy: 'Run: svar replay, and report what it prints.',
  }
}

/** Years that holiday layers of charters should know and do not; nothing where the schema is missing, which is said already. */
async function examineHolidays({ database }: Ground): Promise<readonly Finding[]> {
  const all = await database.work({ kind: 'visitor' }, (work) => operators(work)).catch(() => [])
  const findings: Finding[] = []
  for (const { operatorId, slug } of all)
    findings.push(
      ...(await database.work({ kind: 'visitor', operatorId }, async (work) => {
        const { charter } = await charterInForce(work, operatorId)
        const today = work.now.toZonedDateTimeISO(charter.zone).toPlainDate().toString()
        return Object.values(charter.holidays).flatMap((layer) =>
          yearsMissing(layer, today).map((year) => missingYear({ slug, layer: layer.id, year })),
        )
      })),
    )
  return findings
}

function missingYear({ slug, layer, year }: { slug: string; layer: string; year: number }): Finding {
  return {
    state: 'worry',
    finding: `${layer} of ${slug}: ${missingYearText(year, 'en')}.`,
    remedy: `Propose them: svar holidays propose --operator ${slug} --layer ${layer} --year ${year} --ics <file>; a support lead approves them at /${slug}/agent/holidays.`,
  }
}

function examineMail({ smtpUrl }: Settings): Finding {
  return smtpUrl
    ? { state: 'well', finding: 'Mail goes out by SMTP.', remedy: '' }
    : {
        state: 'worry',
        finding: 'No mail leaves: nobody gets a sign-in code or an answer by mail.',
        remedy: 'Set SVAR_SMTP_URL, such as smtp://user:password@mail.example.com:587',
      }
}

function examineUrl({ publicUrl, host }: Settings): Finding {
  const open = host !== '127.0.0.1' && host !== '::1' && host !== 'localhost'
  return open && publicUrl.startsWith('http:')
    ? {
        state: 'worry',
        finding: `${publicUrl} is not encrypted and reachable from other machines.`,
        remedy: 'Serve with --tls, or put a TLS proxy in front, and set SVAR_URL to the https address.',
      }
    : { state: 'well', finding: `People reach this at ${publicUrl}.`, remedy: '' }
}

/** Certificates that end soon, have ended, or are for another host; nothing where TLS was never asked for. */
export function examineCertificates(
  settings: Pick<Settings, 'dataFolder' | 'publicUrl' | 'host' | 'tlsFiles'>,
  now: Temporal.Instant,
): readonly Finding[] {
  try {
    return certificateStandings(settings, now).map((standing) => findingOf(standing, settings))
  } catch (error) {
    return [
      {
        state: 'wrong',
        finding: `The certificate cannot be read: ${(error as Error).message}`,
        remedy: 'Set SVAR_TLS_CERTIFICATE and SVAR_TLS_KEY to PEM files that this login may read.',
      },
    ]
  }
}

const RENEWAL: Record<CertificateStanding['kind'], string> = {
  own: 'Renew it and write the new one to the same file; it is taken up within the hour.',
  local: 'svar serve --tls makes it anew when it starts, and every hour while it runs.',
  authority: 'Remove ca-key.pem beside it, start svar serve --tls, and give the new ca.pem to all clients.',
}

function findingOf(standing: CertificateStanding, { publicUrl }: Pick<Settings, 'publicUrl'>): Finding {
  const { kind, file, endsAt, endsSoon, over, fits } = standing
  const on = endsAt.toString().slice(0, 10)
  const remedy = RENEWAL[kind]
  if (over) return { state: 'wrong', finding: `The certificate in ${file} ended on ${on}.`, remedy }
  if (endsSoon) return { state: 'worry', finding: `The certificate in ${file} ends soon, on ${on}.`, remedy }
  if (!fits)
    return {
      state: 'worry',
      finding: `The certificate in ${file} is not for the host of ${publicUrl}.`,
      remedy: 'Set SVAR_URL to a host it names, or get a certificate for that host.',
    }
  return { state: 'well', finding: `The certificate in ${file} is good until ${on}.`, remedy: '' }
}
