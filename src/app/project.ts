import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder with `charters/` and `demonstration/`: above the bundle, or above the sources. */
export const PROJECT =
  [dirname(import.meta.dirname), join(import.meta.dirname, '../..')].find((folder) =>
    existsSync(join(folder, 'charters')),
  ) ?? process.cwd()
