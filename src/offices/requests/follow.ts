import type { CompiledService, RuleValues } from '../../kernel/definition/index.ts'
import type { Consequence } from '../../kernel/workflow/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { catalogueOf } from '../catalogue/index.ts'
import type { Desk } from './desk.ts'
import { tariffsFor } from './fees.ts'
import type { Filed, Filing } from './filing/model.ts'
import { planEffect } from './machine/plan.ts'
import type { Request } from './model.ts'
import { filePart } from './parts/file.ts'
import { getRequest } from './store.ts'

type File = (tx: Write, desk: Desk, filing: Filing) => Promise<Filed>
type Of = { request: Request; service: CompiledService; values: RuleValues }

/** What an act sets going beyond the request itself: effects left to the system, and requests filed as its parts. */
export async function follow(
  tx: Write,
  desk: Desk,
  of: Of,
  consequences: readonly Consequence[],
  file: File,
): Promise<void> {
  for (const each of consequences) {
    if (each.kind === 'auto-effect') await planEffect(tx, { requestId: of.request.id, taskId: each.taskId })
    if (each.kind === 'file-part') await filePart(tx, desk, of, each, file)
  }
}

/** The same for a request that was just filed. */
export async function followFiling(
  tx: Write,
  desk: Desk,
  requestId: string,
  later: readonly Consequence[],
  file: File,
): Promise<void> {
  if (later.length === 0) return
  const request = await getRequest(tx, requestId)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const { answers, capacity, channel } = request
  const today = dateIn(tx.now, desk.town.timeZone)
  const tariffs = await tariffsFor(tx, service, today)
  const values: RuleValues = { answers, stepFields: {}, capacity, channel, today, tariffs }
  await follow(tx, desk, { request, service, values }, later, file)
}
