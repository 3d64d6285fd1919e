import type { Charter } from '../../entitlements/rules/charter.ts'
import { rankOf } from '../../entitlements/rules/severity.ts'
import { targetFor } from '../../entitlements/rules/targets.ts'
import type { Bargain } from '../../response-targets/rules/clocks.ts'
import type { Silence, Vigilance } from '../../response-targets/rules/moments.ts'

/** What the charter's versions promise one case, whose support type and contract were settled when it was opened. */
export function bargainOf(
  charters: ReadonlyMap<number, Charter>,
  agreed: { readonly supportType: string; readonly contract: string | null },
): Bargain {
  const at = (version: number): Charter => {
    const charter = charters.get(version)
    if (!charter) throw new Error(`version ${version} of the charter was not read`)
    return charter
  }
  return {
    rankOf: (severity, version) => rankOf(at(version), severity),
    termsOf(clock, severity, version) {
      const charter = at(version)
      const found = targetFor(charter, { clock, severity, ...agreed })
      return found && { ...found, workingDay: charter.workingDay, version }
    },
  }
}

/** What the operator wants to be told of, and how it treats silence. */
export function vigilanceOf(charter: Charter): Vigilance {
  const { warnAt, escalations, workingDay, pauses } = charter
  return { warnAt, escalations, silence: silenceOf(charter), longestPause: pauses.atMost, workingDay }
}

function silenceOf({ nonResponse, calendars, severities }: Charter): Silence | undefined {
  const calendar = nonResponse && calendars[nonResponse.calendar]
  return calendar && { ...nonResponse, calendar, mildest: severities.at(-1)?.id ?? '' }
}
