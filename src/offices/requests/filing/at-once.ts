import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, DomainError, InvalidInput } from '../../../lib/errors.ts'
import { errorCode } from '../../../platform/plain-error.ts'
import { getPeople } from '../../people/index.ts'
import type { Desk } from '../desk.ts'
import { fileRequest } from '../file.ts'
import { followFiling } from '../follow.ts'
import { heardInside, publishActed } from '../heard.ts'
import { checkFiling } from './check.ts'
import { type Decided, decideFiling, filedEvent } from './decide.ts'
import type { Filed, Filing, FilingKey } from './model.ts'
import { foreignPapers } from './papers.ts'
import { standingOf } from './standing.ts'
import { type FilingRow, filedFrom, filingStatement, filingValues } from './write.ts'

/** A filing made now, or what was kept of the same one made before. */
export type FiledOnce = { filed: Filed; kept?: undefined } | { filed?: undefined; kept: KeptFiling }
export type KeptFiling = { requestId: string; number: number; year: number; answer: Record<string, unknown> }

type KeptRow = { request_id: string; number: number; answer: Record<string, unknown> | null }

const attempts = 5

/**
 * Files a request by itself, by the same rules as `fileRequest`: one statement that is its own transaction, so that the town's counter of
 * numbers is held for no round trip. What the town's filings share was read in the last seconds. The same key again gives what was kept,
 * also when the filing would be refused by now.
 */
export async function fileAtOnce(desk: Desk, filing: Filing, key: FilingKey | undefined): Promise<FiledOnce> {
  const { house, town } = desk
  const now = house.clock.now()
  const today = dateIn(now, town.timeZone)
  try {
    const standing = await standingOf(house, town.id, today)
    const checked = await checkFiling(filing, standing, today, work => house.database.read(town.id, work))
    return await write(desk, decideFiling(desk, checked, standing, now), key)
  } catch (error) {
    const kept = key && error instanceof DomainError ? await findKept(desk, key) : undefined
    if (!kept) throw error
    return { kept }
  }
}

async function write(desk: Desk, decided: Decided, key: FilingKey | undefined): Promise<FiledOnce> {
  const { house, town } = desk
  const statement = filingStatement(decided.filing)
  const values = filingValues(desk, decided, key)
  const row = await run(desk, decided, statement, values).catch(error => refuse(desk, decided, error))
  if (row?.repeated) return { kept: toKept(row) }
  if (!heardInside(house.events, filedEvent(decided))) tell(desk, decided)
  return { filed: filedFrom(desk, decided, row) }

  function tell({ house: { events, log } }: Desk, of: Decided): void {
    try {
      events.tell(town.id, 'requests.acted', filedEvent(of))
    } catch (error) {
      log.error({ part: 'requests', err: error }, 'who was told of a filing failed')
    }
  }
}

/** One statement in one round trip; in a transaction where another office listens inside it. */
async function run(
  { house, town }: Desk,
  decided: Decided,
  { name, text }: { name: string; text: string },
  values: unknown[],
): Promise<FilingRow | undefined> {
  const { database, events } = house
  const heard = heardInside(events, filedEvent(decided))
  if (heard || decided.later.length > 0) {
    return database.write(town.id, async tx => {
      const [row] = await tx.prepared<FilingRow>(name, text, values)
      if (row?.repeated) return row
      await followFiling(tx, { house, town }, decided.requestId, decided.later, fileRequest)
      if (heard) await publishActed(events, tx, filedEvent(decided))
      return row
    })
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return (await database.once<FilingRow>(name, text, values))[0]
    } catch (error) {
      if (attempt === attempts || !['40001', '40P01'].includes(errorCode(error) ?? '')) throw error
      await sleep(Math.random() * 10 * 2 ** attempt)
    }
  }
}

/** What the database refused, in words: a key used for another filing, persons nobody knows, papers that are not as named. */
async function refuse(
  { house, town }: Desk,
  { service, filing, values }: Decided,
  error: unknown,
): Promise<never> {
  const { code, constraint = '' } = error as { code?: string; constraint?: string }
  if (code === 'SB409') throw new Conflict('idempotency-key-reused')
  if (code === '23503' && /person|applicant/.test(constraint)) {
    const known = await house.database.read(town.id, tx =>
      getPeople(
        tx,
        (filing.parties ?? []).map(({ personId }) => personId),
      ),
    )
    const strange = (filing.parties ?? []).some(({ personId }) => !known.some(({ id }) => id === personId))
    throw new InvalidInput([{ field: strange ? 'parties' : 'applicant', code: 'no-such-person' }])
  }
  if (code !== 'SB422' || filing.by.kind !== 'partner') throw error
  const { keyId } = filing.by
  throw new InvalidInput(
    await house.database.read(town.id, tx => foreignPapers(tx, service, filing, keyId, values.today)),
  )
}

async function findKept({ house, town }: Desk, key: FilingKey): Promise<KeptFiling | undefined> {
  const { rows } = await house.database.read(town.id, tx =>
    sql<KeptRow>`
      select r.request_id, r.number, i.answer from idempotency i
        join request r on r.municipality_id = i.municipality_id and r.request_id = (i.answer->>'id')::uuid
       where i.municipality_id = ${town.id} and i.actor = ${key.actor} and i.key = ${key.key} and i.route = ${key.route}
         and i.body_hash = ${key.bodyHash}`.execute(tx.q),
  )
  const [row] = rows
  return row && toKept(row)
}

function toKept({ request_id: requestId, number, answer }: KeptRow): KeptFiling {
  const { id: _, year, ...rest } = answer ?? {}
  return { requestId, number, year: Number(year), answer: rest }
}
