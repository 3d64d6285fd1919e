import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * A browser for tests: the computer's own when there is one, else the Chromium that comes as a package (Linux on x64), which
 * brings its libraries and fonts and is unpacked once. Close it when done; pages come from `browser.newContext()`.
 */
export async function launchChromium(): Promise<Browser> {
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed) return chromium.launch({ executablePath: installed, args: FLAGS })

  unpacking ??= unpacked()
  const home = await unpacking
  // The package would put these into our own environment, and with it into every program a test starts.
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(home, 'al2023/lib'),
    FONTCONFIG_PATH: join(home, 'fonts'),
    HOME: home,
  }
  return chromium.launch({ executablePath: join(home, 'chromium'), args: FLAGS, env })
}

/** Of this process, whose test files may all ask at once. */
let unpacking: Promise<string> | undefined

/** The folder with the unpacked browser. It appears whole or not at all, also when two runs unpack at once. */
async function unpacked(): Promise<string> {
  const modules = join(import.meta.dirname, '../../node_modules')
  const home = join(modules, '.cache', `chromium-${versionIn(modules)}`)
  if (existsSync(home)) return home

  const workshop = `${home}.${process.pid}`
  mkdirSync(workshop, { recursive: true })
  await withEnvironment({ TMPDIR: workshop, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' }, async () => {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
  })
  writeFileSync(join(workshop, 'fonts/fonts.conf'), fontsConfiguration(join(home, 'fonts')))
  try {
    renameSync(workshop, home)
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
  return home
}

/** The package's own font first, so that pages look alike everywhere; then the computer's, for what that font cannot write. */
function fontsConfiguration(fonts: string): string {
  const folders = [fonts, '/usr/share/fonts', '/usr/local/share/fonts'].map((folder) => `<dir>${folder}</dir>`)
  const family = (name: string) => `<family>${name}</family>`
  const sans = `<alias>${family('sans-serif')}<prefer>${family('Open Sans')}</prefer></alias>`
  const head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
  return `${head}<fontconfig>${folders.join('')}<cachedir>${fonts}/cache</cachedir>${sans}</fontconfig>\n`
}

function versionIn(modules: string): string {
  const file = join(modules, '@sparticuz/chromium/package.json')
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return version
}

/** Sets variables for one piece of work, and leaves the environment as it was. */
async function withEnvironment(set: NodeJS.ProcessEnv, work: () => Promise<void>): Promise<void> {
  const before = { ...process.env }
  Object.assign(process.env, set)
  try {
    await work()
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}
