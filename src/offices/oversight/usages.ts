import { inLocale, type Locale } from '../../lib/localized.ts'
import type { Read } from '../../platform/database/index.ts'
import { type LookAt, looksAt } from '../audit/index.ts'
import { lookRules } from '../looks/index.ts'

/**
 * One use of somebody's data, in the shape of Estonia's data tracker (e-gov/AJ, findUsage 1.3.1): when, what was done, and who received it.
 * What stands beside these three is ours.
 */
export type Usage = {
  /** ISO 8601, in UTC. */
  logtime: string
  /** What was done, by its stable name. */
  action: string
  /** Who received the data: the office, or the institution. */
  receiver: string
  /** What whoever looked is; their name where the town has it shown. */
  role: string | undefined
  /** Whereby it was allowed; absent for an act. */
  ground: string | undefined
  cause: string | undefined
  request: string | undefined
}

/** Uses from the `offset`th on (the first is 1), newest first. */
export async function usagesOf(
  tx: Read,
  personId: string,
  { offset, limit, locale }: { offset: number; limit: number; locale: Locale },
): Promise<Usage[]> {
  const { name } = await lookRules(tx)
  const looks = await looksAt(tx, personId, { limit: offset - 1 + limit })
  return looks.slice(offset - 1).map(look => usageOf(look, name, locale))
}

function usageOf(
  { at, act, who, by, cause, requestNumber }: LookAt,
  name: 'role' | 'name',
  locale: Locale,
): Usage {
  const said = (text: LookAt['who']['name']) => text && inLocale(text, locale)
  const role = [name === 'name' || who.kind !== 'staff' ? said(who.name) : undefined, said(who.title)]
  return {
    logtime: at.toISOString(),
    action: act,
    receiver: said(who.office) ?? said(who.name) ?? who.kind,
    role: role.filter(Boolean).join(', ') || undefined,
    ground: by,
    cause,
    request: requestNumber,
  }
}
