import { dateIn } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/transaction.ts'
import type { Desk } from './desk.ts'
import { checkFiling } from './filing/check.ts'
import { decideFiling, filedEvent } from './filing/decide.ts'
import type { Filed, Filing } from './filing/model.ts'
import { readStanding } from './filing/standing.ts'
import { type FilingRow, filedFrom, filingStatement, filingValues } from './filing/write.ts'
import { followFiling } from './follow.ts'
import { publishActed } from './heard.ts'
import { writeParties } from './parties/store.ts'

/**
 * Files a request in the transaction of whoever calls: checks the answers, papers and dues, lets the workflow open the first step, and
 * writes all of it, with what is due at once and what the applicant is told, in one round trip (`file_request`). Refusals are those of
 * `checkFiling`.
 */
export async function fileRequest(within: Write, desk: Desk, filing: Filing): Promise<Filed> {
  const tx = within.asHouse(
    'a filing asks what the applicant holds and owes, and writes tasks, charges and messages of others',
  )
  const today = dateIn(tx.now, desk.town.timeZone)
  const standing = await readStanding(tx, desk.house, today)
  const checked = await checkFiling(filing, standing, today, work => work(tx))
  const decided = decideFiling(desk, checked, standing, tx.now)
  const { name, text } = filingStatement(filing)
  const [row] = await tx.prepared<FilingRow>(name, text, filingValues(desk, decided))
  const filed = filedFrom(desk, decided, row)
  const { kind, id } = decided.action.actor
  await writeParties(tx, filed.requestId, filing.parties ?? [], { kind, id })
  await followFiling(tx, desk, filed.requestId, decided.later, fileRequest)
  await publishActed(desk.house.events, tx, filedEvent(decided))
  return filed
}
