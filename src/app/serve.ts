import { serve } from '@hono/node-server'
import type { Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Server as TlsServer } from 'node:https'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { listenForChanges } from '../jobs/bulletin.ts'
import { openDatabase } from '../database/work.ts'
import { openOutside } from '../jobs/post-outside.ts'
import { startWorkers, UNHURRIED } from '../jobs/workers.ts'
import type { Workers } from '../jobs/workers.ts'
import { mailTransport, sendCode, sendMail } from '../rooms/channels/index.ts'
import { callerCodes } from '../rooms/callers/index.ts'
import { unsubscribing } from '../rooms/health-notices/index.ts'
import { privateAddresses } from '../rooms/status-feeds/api.ts'
import { openPublishedFiles } from '../jobs/published-files.ts'
import { createSignIn } from '../rooms/people/index.ts'
import { createApp } from './app.tsx'
import { knownOperators } from './operators.ts'
import type { Operators } from './operators.ts'
import type { Ground } from './parts.ts'
import { secretOf } from './parts.ts'
import { postingOutside, reacting } from './reactions.ts'
import type { Settings } from './settings.ts'
import { statusFilesAt } from './status-files.ts'
import { keepCertificate, serverCertificate } from './tls.ts'
import { traffic } from './traffic.ts'
import { startWatch } from './watch.ts'

export type Running = { readonly port: number; readonly stop: () => Promise<void> }

/** Logs to standard error as JSON lines; nothing in it names a person. */
export function logAt(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['err.parameters', 'err.detail', 'err.where'],
    },
    pino.destination(2),
  )
}

/** Jobs alone: reactions and mail, without a port. */
export async function workOn(
  ground: Ground,
  settings: Settings,
  { operators, log, isBusy = () => false }: { operators: Operators; log: Logger; isBusy?: () => boolean },
): Promise<Workers> {
  const transport = mailTransport(settings.smtpUrl)
  const unhurried = openDatabase({
    ...ground.connection,
    namedStatements: settings.namedStatements,
    options: UNHURRIED,
    max: 3,
  })
  const files = settings.statusFiles === undefined ? undefined : openPublishedFiles(settings.statusFiles)
  const statusFiles = statusFilesAt({
    ...settings,
    database: ground.database,
    operators,
    files,
    privateAddresses: privateAddresses(secretOf(settings)),
  })
  const links = {
    linkTo: (operator: string, number: string) => `${settings.publicUrl}/${operator}/cases/${number}`,
    linkToPage: (operator: string, path: string) => `${settings.publicUrl}/${operator}${path}`,
    unsubscribing: unsubscribing(secretOf(settings)),
    statusFiles,
    callerCodes: callerCodes(secretOf(settings)),
  }
  const workers = await startWorkers(
    ground.connection,
    {
      reactions: reacting(unhurried, links),
      outside: postingOutside(unhurried, openOutside()),
      mail: async ({ operatorId, mailId }) => {
        const operator = await operators.byId(operatorId)
        if (operator)
          await sendMail(
            ground.database,
            { operatorId, mailId: String(mailId), from: operator.charter.brand.mailFrom },
            transport,
          )
      },
    },
    { isBusy, onError: (error) => log.error({ err: error }, 'a job failed and will be tried again') },
  )
  const watch = startWatch(ground.database, operators, {
    publicUrl: settings.publicUrl,
    links,
    publishStatus: files && statusFiles.publish,
    nudge: () => workers.nudge(),
    onError: (error) => log.error({ err: error }, 'looking for what is due failed and will be tried again'),
  })
  return {
    nudge: () => workers.nudge(),
    async stop() {
      await watch.stop()
      await workers.stop()
      transport.close()
      await unhurried.end()
    },
  }
}

/** The whole product on one port, with its workers; `stop` ends requests first, then jobs, then connections. */
export async function serveOn(
  ground: Ground,
  settings: Settings,
  mode: { readonly demonstration: boolean },
): Promise<Running> {
  const log = logAt(settings.log)
  const { database, connection } = ground
  const operators = knownOperators(database)
  const signIn = createSignIn({
    connection,
    publicUrl: settings.publicUrl,
    secret: secretOf(settings),
    sendCode: async (code) => {
      await database.work({ kind: 'job', operatorIds: [code.operatorId] }, (work) => sendCode(work, code))
      workers.nudge()
    },
  })
  const bulletin = await listenForChanges(connection)
  const { isBusy, counted } = traffic()
  const workers = await workOn(ground, settings, { operators, log, isBusy })
  const end = async () => {
    await workers.stop()
    await Promise.all([bulletin.end(), signIn.end()])
  }
  const { fetch } = createApp({
    database,
    operators,
    signIn,
    bulletin,
    log,
    publicUrl: settings.publicUrl,
    counted,
    demonstration: mode.demonstration,
    trustProxy: settings.trustProxy,
    nudge: () => workers.nudge(),
    unsubscribing: unsubscribing(secretOf(settings)),
    privateAddresses: privateAddresses(secretOf(settings)),
    statusUrl: settings.statusUrl,
    callerCodes: callerCodes(secretOf(settings)),
    outside: openOutside(),
  })
  try {
    const { server, port } = settings.tls
      ? await listeningWithTls(fetch, settings, (error) => log.error({ err: error }, 'the certificate was not renewed'))
      : await listening(fetch, settings)
    return { port, stop: async () => (await closed(server), end()) }
  } catch (error) {
    await end() // the port is taken: nothing of ours may keep the process alive
    throw error
  }
}

type Fetch = ReturnType<typeof createApp>['fetch']

function listening(fetch: Fetch, { port, host }: Settings): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: host }, (info) => resolve({ server, port: info.port })) as Server
    server.once('error', reject)
  })
}

/** HTTP/1.1 over TLS 1.2 or newer, with the certificate of the settings or a local one. */
async function listeningWithTls(
  fetch: Fetch,
  settings: Settings,
  onError: (error: unknown) => void,
): Promise<{ server: TlsServer; port: number }> {
  const shown = await serverCertificate(settings, Temporal.Now.instant())
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch,
        port: settings.port,
        hostname: settings.host,
        createServer: createTlsServer,
        serverOptions: { key: shown.key, cert: shown.certificate, minVersion: 'TLSv1.2' },
      },
      (info) => resolve({ server, port: info.port }),
    ) as TlsServer
    server.once('error', reject)
    keepCertificate(server, settings, { shown, onError })
  })
}

/** Lets requests that came in finish, for at most five seconds; streams are told to come again. */
function closed(server: Server | TlsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 2000).unref()
  })
}
