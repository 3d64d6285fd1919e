// Builds dist/: the server as one file, and what browsers get under names that carry the hash of their content.
// Folders that do not exist (yet) are skipped. Also loaded with --import by bin/dev, before the server starts.
import { build, stop } from 'esbuild'
import { webDarkTheme, webLightTheme } from '@fluentui/tokens'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const common = { absWorkingDir: root, bundle: true, charset: 'utf8', logLevel: 'warning' }

mkdirSync(join(dist, 'public'), { recursive: true })
try {
  const [scripts, styles] = await Promise.all([buildScripts(), buildStyles(), buildServer()])
  publish([...scripts, ...styles])
} catch (error) {
  // What is wrong with the source has been said already, with file and line; anything else is news.
  if (!error.errors) throw error
  process.exit(1)
} finally {
  await stop()
}

async function buildServer() {
  if (!existsSync(join(root, 'src/main.ts'))) return
  for (const old of readdirSync(dist).filter((name) => name.startsWith('part-'))) rmSync(join(dist, old))
  await build({
    ...common,
    entryPoints: ['src/main.ts'],
    outdir: 'dist',
    // What is imported only when needed stays in a file of its own, beside the bundle: it finds the project from there.
    splitting: true,
    chunkNames: 'part-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node26',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    loader: { '.json': 'json' },
    sourcemap: true,
  })
}

async function buildScripts() {
  const entryPoints = filesIn('src/ui/browser', '.ts')
  return filesOf({ entryPoints, platform: 'browser', format: 'iife', target: 'es2022' })
}

/** A style sheet that another one imports is part of that one, and not published by itself. */
async function buildStyles() {
  const entryPoints = filesIn('src/ui/styles', '.css')
  const files = await filesOf({ entryPoints, target: 'es2022' })
  return files.map((file) => ({ ...file, text: themeOf(file.text) + file.text }))
}

async function filesOf(options) {
  if (options.entryPoints.length === 0) return []
  const made = await build({ ...common, ...options, minify: true, write: false, metafile: true, outdir: 'dist/public' })
  const imported = new Set(
    Object.values(made.metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path)),
  )
  const parts = new Set(options.entryPoints.filter((path) => imported.has(path)).map(logicalName))
  return made.outputFiles
    .map((file) => ({ name: basename(file.path), text: file.text }))
    .filter((file) => !parts.has(file.name))
}

function filesIn(folder, ending) {
  if (!existsSync(join(root, folder))) return []
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending) && !name.includes('.test.'))
  return names.map((name) => `${folder}/${name}`)
}

function logicalName(path) {
  return basename(path).replace(/\.ts$/, '.js')
}

/** The Fluent 2 tokens this style sheet uses, and no others, as Fluent names them; dark where it differs from light. */
function themeOf(css) {
  const used = [...new Set([...css.matchAll(/var\(\s*--([\w-]+)/g)].map(([, name]) => name))].sort()
  const light = used.filter((name) => name in webLightTheme)
  const dark = light.filter((name) => webDarkTheme[name] !== webLightTheme[name])
  warnOfUnknown(css, used)
  if (light.length === 0) return ''
  return `:root{${declare(light, webLightTheme)}}@media (prefers-color-scheme:dark){:root{${declare(dark, webDarkTheme)}}}\n`
}

function declare(names, theme) {
  return names.map((name) => `--${name}:${theme[name]}`).join(';')
}

/** A misspelt variable is silently nothing in the browser. One with a fallback may be set by a script, brand by the operator. */
function warnOfUnknown(css, used) {
  const comesLater = (name) => name.startsWith('brand') || new RegExp(`var\\(\\s*--${name}\\s*,`).test(css)
  const isKnown = (name) => name in webLightTheme || css.includes(`--${name}:`) || comesLater(name)
  const unknown = used.filter((name) => !isKnown(name))
  if (unknown.length > 0) console.warn(`Style sheets use variables nobody defines: --${unknown.join(', --')}`)
}

/** Writes the files and the list of their names, then removes those of earlier builds. */
function publish(files) {
  const names = {}
  for (const { name, text } of files) {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 10)
    names[name] = name.replace(/(\.\w+)$/, `-${hash}$1`)
    writeFileSync(join(dist, 'public', names[name]), text)
  }
  writeFileSync(join(dist, 'assets.json'), `${JSON.stringify(names, undefined, 2)}\n`)
  const current = new Set(Object.values(names))
  for (const name of readdirSync(join(dist, 'public'))) if (!current.has(name)) rmSync(join(dist, 'public', name))
}
