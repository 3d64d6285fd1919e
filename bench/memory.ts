import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbedded } from '../src/database/launcher.ts'
import { freePort, startProduct } from '../test/drills/product.ts'
import { childrenOf, memoryOf } from './processes.ts'

/*
 * G6: memory (PSS, MiB) of the app's process and of everything, half a minute after `start` has filled the demonstration.
 * Performance.md, section 6. Linux only. Run with: node --import tsx bench/memory.ts
 */

export type MemoryFigures = { readonly app: number; readonly database: number; readonly all: number }

const REST_SECONDS = 30

export async function measureMemory(): Promise<MemoryFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'svar-memory-'))
  const product = await startProduct({ folder, port: await freePort(), command: 'start' })
  try {
    // The first start fills the demonstration, which nobody does twice: what counts is an app that has been started.
    await pause(REST_SECONDS * 1000)
    const app = memoryOf(product.pid)
    const postmaster = Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
    const database = [postmaster, ...childrenOf(postmaster)].map(memoryOf).reduce((sum, one) => sum + one, 0)
    return { app, database, all: app + database }
  } finally {
    product.signal('SIGTERM')
    await product.ended
    await (await startEmbedded(folder)).stop('anyway')
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.filename === process.argv[1]) console.table(await measureMemory())
