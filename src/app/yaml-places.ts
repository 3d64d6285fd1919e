import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Document } from 'yaml'

/** A YAML file with what it holds, where each thing stands, and what cannot be read. */
export type YamlFile = {
  readonly path: string
  readonly content: Readonly<Record<string, unknown>>
  readonly document: Document
  readonly lines: LineCounter
  readonly problems: readonly string[]
}

/** Reads a file whose top is keys and values. */
export function readYaml(path: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines })
  const problems = document.errors.map(
    ({ message, pos }) => `${at(path, lines, pos[0])}: ${message.split('\n')[0]?.replace(/ at line \d.*$/, '')}`,
  )
  if (problems.length > 0) return { path, content: {}, document, lines, problems }
  const content: unknown = document.toJS()
  if (typeof content === 'object' && content !== null && !Array.isArray(content))
    return { path, content: content as Readonly<Record<string, unknown>>, document, lines, problems }
  return { path, content: {}, document, lines, problems: [`${at(path, lines, 0)}: keys and values are expected`] }
}

/** Where a path stands, as "file:line:column"; for a key that is missing, where its parent stands. */
export function placeIn({ path: file, document, lines }: YamlFile, path: readonly (string | number)[]): string {
  return at(file, lines, offsetOf(document, path))
}

/** As seen from where the command was called, when that is not further away. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}

function at(path: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return `${shownPath(path)}:${Math.max(1, line)}:${Math.max(1, col)}`
}

/** A value of its own stands where it begins; keys and lists below a key stand at that key. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents
  let offset = 0
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
      if (!pair) break
      const shown = isScalar(pair.value) && pair.value.value !== null ? pair.value : pair.key
      offset = startOf(shown) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(part)]
      if (item === undefined) break
      offset = startOf(item) ?? offset
      node = item
    } else break
  }
  return offset
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
