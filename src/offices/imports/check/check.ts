import { sql } from 'kysely'
import { dateIn } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { PlainError } from '../../../platform/plain-error.ts'
import { letGo } from '../memory.ts'
import type { Run } from '../model.ts'
import { openFile } from '../reading/open.ts'
import { rowReader } from '../reading/row.ts'
import { advance, failRun, finishCheck, getRun } from '../runs.ts'
import { sourceKeys } from '../sealed.ts'
import { Book } from './book.ts'
import { countGone, countRows } from './count.ts'
import { type Of, proposeMatches } from './propose.ts'
import { Sorter } from './sort.ts'
import { stageRows } from './stage.ts'
import { timeZoneOf } from './time-zone.ts'

/** Rows of one transaction of the check. */
const batch = 500
/** More rows than this are no file of one town's present program. */
const mostRows = 500_000

/**
 * Reads the file of a run and says of each row what it would do; nothing of the town's is written. Begun again after a death it begins from
 * the first row. What cannot be read ends the run with a line that says why.
 */
export async function checkRun(house: House, town: string, runId: string): Promise<void> {
  const run = await house.database.read(town, tx => getRun(tx, runId))
  if (run.state !== 'checking') return
  try {
    await readAndSort(house, town, run)
  } catch (error) {
    if (!(error instanceof PlainError) && !isOfTheFile(error)) throw error
    await house.database.write(town, tx => failRun(tx, runId, (error as Error).message))
  }
}

/** What the readers of CSV, ZIP and XML say of a file that is broken. */
const isOfTheFile = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && String(error.code).startsWith('CSV_')) ||
    /zip|central directory|unclosed tag|xml|inflate|unexpected end/i.test(error.message))

async function readAndSort(house: House, town: string, run: Run): Promise<void> {
  const { id: runId, sourceId } = run
  const of: Of = { house, town, sourceId, runId, keys: sourceKeys(house.crypto, town, sourceId) }
  const size = await house.database.write(town, tx => begin(tx, run))
  const zone = await house.database.read(town, timeZoneOf)
  let bytesRead = 0
  const counted = async function* (bytes: AsyncIterable<Uint8Array>) {
    for await (const chunk of bytes) {
      bytesRead += chunk.length
      yield chunk
    }
  }
  const table = await openFile(counted(await house.files.get(town, run.sha256)), run.reading)
  const book = new Book()
  const sorter = new Sorter(
    of,
    book,
    table.printed,
    rowReader(run.reading, table.headings, dateIn(run.asOf, zone)),
  )
  let done = 0
  let flushes = 0
  let rows: { rowNo: number; cells: readonly string[] }[] = []
  const flush = async () => {
    const some = rows
    rows = []
    const last = some.at(-1)?.rowNo ?? done
    const total = Math.max(last, Math.round((last * size) / Math.max(bytesRead, 1)))
    const from = done
    await house.database.write(town, async tx => {
      if (!(await advance(tx, runId, from, { done: last, total })))
        throw new PlainError('The check was taken up elsewhere')
      await stageRows(tx, of.keys, runId, await sorter.sort(tx, some))
    })
    done = last
    flushes += 1
    if (flushes % 2 === 0) letGo()
  }
  for await (const row of table.rows) {
    rows.push(row)
    if (rows.length >= batch) await flush()
    if (row.rowNo > mostRows) throw new PlainError(`The file has more than ${mostRows} rows`)
  }
  if (rows.length > 0) await flush()
  letGo()
  await proposeMatches(of, book)
  await house.database.write(town, async tx => {
    const gone = await countGone(tx, run)
    await finishCheck(tx, runId, { ...(await countRows(tx, run)), gone }, done)
  })
}

/** Forgets what an earlier, broken check of the run has left; gives the size of the file. */
async function begin(tx: Write, run: Run): Promise<number> {
  await sql`delete from import_row where municipality_id = ${tx.town} and run_id = ${run.id}`.execute(tx.q)
  await sql`update import_run set rows_done = 0, rows_total = 0 where municipality_id = ${tx.town} and run_id = ${run.id}`.execute(
    tx.q,
  )
  const { rows } = await sql<{ size: number }>`
    select size from file where municipality_id = ${tx.town} and sha256 = ${run.sha256}`.execute(tx.q)
  return rows[0]?.size ?? 0
}
