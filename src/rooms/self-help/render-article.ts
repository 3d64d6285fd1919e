import { renderMarkdown } from './render.ts'
import type { Rendered, RenderHelp } from './render.ts'
import { toPlainMarkdown } from './rules/dialect.ts'
import type { DialectHelp } from './rules/dialect.ts'
import { escapeText } from './rules/text.ts'

export type RenderedArticle = Rendered & {
  /** Whether it has blocks that only some operators' readers see. */
  readonly tailored: boolean
}

/**
 * An article's body, in the dialect, as a page has it. A pure function; faults tell the lines of the file, whose body begins at
 * `bodyLine` (where the body was made of something else there are none). What no parser can make sense of is shown as it is written.
 */
export function renderArticle(
  body: string,
  help: DialectHelp & RenderHelp & { readonly bodyLine?: number | undefined },
): RenderedArticle {
  const { bodyLine } = help
  const plain = toPlainMarkdown(body, help, bodyLine)
  const rendered = renderedOrWritten(plain.markdown, help)
  const faults = rendered.faults.map((fault) => ({
    ...fault,
    line: fault.line === undefined ? undefined : plain.lines[fault.line - 1],
  }))
  const all = [...plain.faults, ...faults]
  return {
    ...rendered,
    faults: bodyLine === undefined ? all.map(({ code, detail }) => ({ code, detail })) : all,
    tailored: plain.tailored,
  }
}

function renderedOrWritten(markdown: string, help: RenderHelp): Rendered {
  try {
    return renderMarkdown(markdown, help)
  } catch (error) {
    const [paragraphs, why] = [markdown.split(/\n\s*\n/), error instanceof Error ? error.message : '']
    return {
      heading: '',
      html: paragraphs.map((one) => `<p>${escapeText(one)}</p>`).join('\n'),
      headings: [],
      sections: [{ anchor: undefined, heading: '', text: markdown, anchors: [] }],
      links: [],
      faults: [{ code: 'unreadable', detail: why.slice(0, 200) }],
    }
  }
}
