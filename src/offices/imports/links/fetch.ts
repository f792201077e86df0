import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { House } from '../../../platform/house.ts'
import { PlainError } from '../../../platform/plain-error.ts'
import type { AuditActor } from '../../audit/index.ts'
import { timeZoneOf } from '../check/time-zone.ts'
import type { Source, SourceKind } from '../model.ts'
import { planCheck } from '../plan.ts'
import { asOfDay, prepareRun } from '../receive.ts'
import { type NewRun, startRun } from '../runs.ts'
import { getSource, sourcesOf } from '../sources.ts'
import { openPostgresql } from './postgresql.ts'
import { asCsv, linkLimits, type OpenLink } from './rows.ts'
import { linkOf } from './settings.ts'
import { openSqlServer } from './sql-server.ts'

const openers: Record<Exclude<SourceKind, 'file'>, OpenLink> = {
  postgresql: openPostgresql,
  'sql-server': openSqlServer,
}

/**
 * Asks a source over its link and keeps what it gives as a file: from there on it is one like any other.
 * @throws Conflict `no-link`; PlainError of the other database
 */
export async function fetchLink(
  house: House,
  town: string,
  source: Source,
  open?: OpenLink,
): Promise<NewRun> {
  const { link, zone } = await house.database.read(town, async tx => ({
    link: await linkOf(tx, house, source.id),
    zone: await timeZoneOf(tx),
  }))
  if (!link || source.kind === 'file') throw new Conflict('no-link')
  const rows = await (open ?? openers[source.kind])(link, linkLimits)
  try {
    const stored = await house.files.put(town, asCsv(rows))
    const asOf = asOfDay(dateIn(house.clock.now(), zone))
    return await prepareRun(house, town, {
      sourceId: source.id,
      asOf,
      fileName: `${source.code}.csv`,
      ...stored,
    })
  } finally {
    await rows.close()
  }
}

const nightly: AuditActor = { kind: 'system', id: 'imports' }

/** Fetches and checks every source that wants it each night; what it brings is applied when somebody says so. */
export async function fetchNightly(house: House, town: string): Promise<void> {
  const sources = await house.database.read(town, tx => sourcesOf(tx))
  for (const { id, daily, hasLink } of sources) {
    if (!daily || !hasLink) continue
    try {
      const source = await house.database.read(town, tx => getSource(tx, { id }))
      const run = await fetchLink(house, town, source)
      await house.database.write(town, async tx => {
        const runId = await startRun(tx, run, nightly)
        if (run.reading.confirmed) await planCheck(tx, runId)
      })
    } catch (error) {
      if (!(error instanceof PlainError || error instanceof Conflict)) throw error
      house.log.warn({ part: 'imports', source: id, err: error }, 'a source was not fetched')
    }
  }
}
