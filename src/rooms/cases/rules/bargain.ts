import type { Charter } from '../../entitlements/rules/charter.ts'
import { calendarFor, termsOf } from '../../entitlements/rules/severity.ts'
import type { Bargain } from '../../response-targets/rules/clocks.ts'
import type { Vigilance } from '../../response-targets/rules/moments.ts'

/** What the charter's versions promise one case, whose support type and contract were settled when it was opened. */
export function bargainOf(
  charters: ReadonlyMap<number, Charter>,
  { supportType }: { readonly supportType: string; readonly contract: string | null },
): Bargain {
  const at = (version: number): Charter => {
    const charter = charters.get(version)
    if (!charter) throw new Error(`version ${version} of the charter was not read`)
    return charter
  }
  return {
    rankOf: (severity, version) => at(version).severities.findIndex(({ id }) => id === severity),
    termsOf(kind, severity, version) {
      const charter = at(version)
      if (kind !== 'initial-response') return undefined
      const { target } = termsOf(charter, severity as 'A')
      const calendar = calendarFor(charter, severity as 'A', supportType)
      return { target, calendar, workingDay: charter.workingDay, version, rule: 0 }
    },
  }
}

/** What the operator wants to be told of, and how it treats silence. */
export function vigilanceOf(charter: Charter): Vigilance {
  return { warnAt: [0.8], escalations: [], silence: undefined, longestPause: undefined, workingDay: charter.workingDay }
}
