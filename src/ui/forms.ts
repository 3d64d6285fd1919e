import type { Context } from 'hono'
import { Refused } from '../base/refused.ts'
import type { Env } from './visit.ts'

const FILE_LIMIT = 10 * 1024 * 1024
export const FILES_LIMIT = 5

export type UploadedFile = { readonly fileName: string; readonly mediaType: string; readonly content: Buffer }

export type Form = {
  /** Each text field by name; a name sent twice keeps the first. */
  readonly values: Readonly<Record<string, string>>
  /** Names sent more than once, each with all its texts. */
  readonly files: readonly UploadedFile[]
  /** What is wrong with the files; texts are the schema's to judge. */
  readonly refused: Refused | undefined
}

/** Reads a posted form: url-encoded or multipart. Files over the limit are told by name of their field, and not kept. */
export async function readForm(context: Context<Env>): Promise<Form> {
  const data = await context.req.formData().catch(() => {
    throw new Refused('invalid-input')
  })
  const values: Record<string, string> = Object.create(null) as Record<string, string>
  const uploads: File[] = []
  for (const [name, value] of data) {
    if (typeof value === 'string') values[name] ??= value
    else if (value.size > 0 || value.name !== '') uploads.push(value)
  }
  const field = 'files'
  if (uploads.length > FILES_LIMIT)
    return {
      values,
      files: [],
      refused: new Refused('invalid-input', { [field]: { code: 'too-many-files', limit: FILES_LIMIT } }),
    }
  if (uploads.some(({ size }) => size > FILE_LIMIT))
    return { values, files: [], refused: new Refused('invalid-input', { [field]: { code: 'file-too-large' } }) }
  return { values, files: await Promise.all(uploads.map(kept)), refused: undefined }
}

async function kept(file: File): Promise<UploadedFile> {
  return {
    // A name is a label: no path, no control characters, no direction tricks.
    fileName: file.name.replaceAll(/[\p{Cc}\p{Cf}\\/]/gu, '_').slice(-120) || 'file',
    mediaType: /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(file.type) ? file.type : 'application/octet-stream',
    content: Buffer.from(await file.arrayBuffer()),
  }
}
