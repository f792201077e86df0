import { PassThrough } from 'node:stream'
import { sql } from 'kysely'
import { shortDate } from '../../../lib/dates.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { letterhead } from '../../certificates/index.ts'
import { planMessage, worded } from '../../messaging/index.ts'
import { getPerson } from '../../people/index.ts'
import { rightsRules } from '../rules.ts'
import { told } from '../told.ts'
import { countRows, gather, recordsOf } from './gather.ts'
import { jsonEnd, jsonHead, jsonRow } from './json.ts'
import { destroyFiles, keepFile } from './keep.ts'
import { namesFor } from './names.ts'
import { archive, type Bring, broughtBy, groupsOf } from './pack.ts'
import { Papers } from './paper.ts'
import type { Entry } from './registry/index.ts'
import type { CopyWay, FileKind } from './store.ts'
import { ar } from './strings.ar.ts'
import { tellRow } from './tell.ts'

/** How often it is said how far it is. */
const rowsBetween = 1000

type Asked = { personId: string; way: CopyWay; askedBy: string; timeZone: string }

/**
 * Makes a copy somebody asked for. A run that was cut off is begun anew: what it left is destroyed first, so that there is one copy. Memory stays
 * flat: rows come some hundred at a time, the JSON goes out as it is written, and so many rows are one PDF.
 */
export async function makeCopy(house: House, town: string, { copyId }: { copyId: string }): Promise<void> {
  const asked = await house.database.write(town, tx => begin(tx, copyId))
  if (!asked) return
  const { bring, files } = await write(house, town, copyId, asked)
  for (const [at, group] of groupsOf(bring).entries())
    await keepFile(house, town, {
      copyId,
      no: files + at + 1,
      kind: 'files',
      name: `${ar['file-name']}-${at + 1}.zip`,
      bytes: archive(house, town, group),
    })
  await house.database.write(town, tx => finish(tx, house, copyId, asked))
}

async function begin(tx: Write, copyId: string): Promise<Asked | undefined> {
  const { rows } = await sql<{ person_id: string; way: CopyWay; asked_by: string; time_zone: string }>`
    update data_copy c set state = 'making', rows_done = 0, rows_total = null from municipality m
     where c.municipality_id = ${tx.town} and c.copy_id = ${copyId} and c.state in ('waiting', 'making')
       and m.municipality_id = c.municipality_id
    returning c.person_id, c.way, c.asked_by, m.time_zone`.execute(tx.q)
  const [row] = rows
  return row && { personId: row.person_id, way: row.way, askedBy: row.asked_by, timeZone: row.time_zone }
}

/** Writes the PDF and the JSON of one instant of the database; gives how many files they are, and the papers that come with them. */
async function write(
  house: House,
  town: string,
  copyId: string,
  asked: Asked,
): Promise<{ bring: Bring[]; files: number }> {
  let no = 0
  const keep = (kind: FileKind, name: string, bytes: AsyncIterable<Uint8Array>) => {
    no += 1
    return keepFile(house, town, { copyId, no, kind, name, bytes })
  }
  return house.database.read(town, async tx => {
    // Nothing of a run before this one stays, nor of this reading where the database had it begun again.
    no = 0
    await destroyFiles(house, town, copyId)
    const ids = await recordsOf(tx, asked.personId)
    const names = await namesFor(tx, house.crypto, ids, asked.timeZone)
    const person = await getPerson(tx, asked.personId)
    const total = await countRows(tx, ids)
    await progress(house, town, copyId, 0, total)
    const head = await letterhead(tx)
    const papers = new Papers({
      head,
      holder: person.displayName,
      names,
      at: tx.now,
      keep: (pdf, part) => keep('pdf', `${ar['file-name']}-${part}.pdf`, once(pdf)),
    })
    const bring: Bring[] = []
    const json = new PassThrough()
    // At the counter it is printed, and nothing else.
    const kept = asked.way === 'counter' ? undefined : keep('json', `${ar['file-name']}.json`, json)
    let broken: unknown
    json.on('error', () => {})
    kept?.catch(error => {
      broken = error
      json.destroy()
    })
    const say = (text: string) =>
      kept && new Promise<void>((done, fail) => json.write(text, error => (error ? fail(error) : done())))
    await say(jsonHead({ copyId, town: head.town.name, person: person.displayName, madeAt: tx.now }))
    let before: Entry | undefined
    let done = 0
    try {
      for await (const { entry, rows } of gather(tx, ids)) {
        for (const row of rows) {
          const said = tellRow(entry, row, names)
          await papers.add(entry, row, said)
          await say(jsonRow(entry, said, before))
          before = entry
          const paper = entry.table === 'document' && kept ? broughtBy(row) : undefined
          if (paper) bring.push(paper)
          done += 1
          if (done % rowsBetween === 0) await progress(house, town, copyId, done, total)
        }
      }
      await papers.end()
      await say(jsonEnd(before))
      json.end()
      await kept
    } catch (error) {
      const cause = broken ?? error
      json.destroy()
      await kept?.catch(() => {})
      throw cause
    }
    await progress(house, town, copyId, done, Math.max(total, done))
    return { bring, files: no }
  })
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

const progress = (house: House, town: string, copyId: string, done: number, total: number) =>
  house.database.write(town, async tx => {
    await sql`update data_copy set rows_done = ${done}, rows_total = ${total}
       where municipality_id = ${town} and copy_id = ${copyId} and state = 'making'`.execute(tx.q)
  })

/** It is ready: whoever asked is told, and whoever it is about, where another asked in their place. */
async function finish(tx: Write, house: House, copyId: string, asked: Asked): Promise<void> {
  const { copyDays } = await rightsRules(tx)
  const until = new Date(tx.now.getTime() + (asked.way === 'counter' ? hour : copyDays * 24 * hour))
  const { rows } = await sql`update data_copy set state = 'ready', made_at = ${tx.now}, until = ${until}
     where municipality_id = ${tx.town} and copy_id = ${copyId} and state = 'making' returning 1`.execute(
    tx.q,
  )
  if (rows.length === 0) return
  const { personId, askedBy } = asked
  await record(tx, {
    actor: { kind: 'system', id: 'system' },
    act: 'rights.copy-made',
    subjectKind: 'data-copy',
    subjectId: copyId,
    personId,
  })
  if (asked.way === 'counter') {
    await planMessage(tx, house, { ...(await worded(tx, house, told.atCounter, {})), personId })
    return
  }
  const date = shortDate(until, { locale: 'ar', timeZone: asked.timeZone })
  await planMessage(tx, house, { ...(await worded(tx, house, told.ready, { date })), personId: askedBy })
  if (askedBy !== personId)
    await planMessage(tx, house, { ...(await worded(tx, house, told.byAnother, {})), personId })
}

const hour = 60 * 60_000
