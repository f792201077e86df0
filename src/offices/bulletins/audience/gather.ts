import { sql } from 'kysely'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { tellBulletins } from '../live.ts'
import { type Bulletin, type Counts, type Gathered, hasRule, noCounts } from '../model.ts'
import { getBulletin } from '../store.ts'
import { keepLines, type Line, readNumbers } from './file.ts'
import type { Found } from './keep.ts'
import { gatherNumbers } from './numbers.ts'
import { gatherPeople } from './people.ts'
import { drawSample } from './sample.ts'
import { todayOf } from './today.ts'

const first = '00000000-0000-0000-0000-000000000000'

/**
 * Gathers whom a bulletin is for, some thousand to a transaction, each kept together with how far it is: cut off anywhere it goes on
 * there, and two at it take turns.
 */
export async function gatherBulletin(house: House, town: string, id: string): Promise<void> {
  for (;;) {
    const phase = await house.database.write(town, tx => gatherNext(tx, id))
    tellBulletins(house, town)
    if (phase === 'file' && !(await readFile(house, town, id))) return
    if (phase === undefined || phase === 'ready') return
  }
}

/** One slice; gives the phase that comes next, or undefined where nothing is to be gathered. */
async function gatherNext(tx: Write, id: string): Promise<Gathered['phase'] | undefined> {
  const bulletin = await getBulletin(tx, id, true)
  if (bulletin.state !== 'counting') return undefined
  const { phase, after } = bulletin.gathered
  const today = await todayOf(tx)
  if (phase === 'clear') return clear(tx, bulletin)
  if (phase === 'file') return 'file'
  if (phase === 'people') {
    const step = await gatherPeople(tx, bulletin, after, today)
    if (step) return keepStep(tx, bulletin, step.found, { phase, after: step.after })
    const next = bulletin.file && bulletin.audience.numbers === 'add' ? 'numbers' : 'ready'
    return next === 'ready' ? ready(tx, bulletin) : move(tx, bulletin, { phase: next, after: '0' })
  }
  if (phase === 'ready') return ready(tx, bulletin)
  const step = await gatherNumbers(tx, bulletin, Number(after))
  if (step) return keepStep(tx, bulletin, step.found, { phase: 'numbers', after: String(step.after) })
  return ready(tx, bulletin)
}

/** What was gathered before is gone: the rule has changed since. */
async function clear(tx: Write, { id, file, audience }: Bulletin): Promise<Gathered['phase']> {
  await sql`delete from bulletin_recipient where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(
    tx.q,
  )
  await sql`delete from bulletin_number where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(
    tx.q,
  )
  await sql`delete from bulletin_bad_line where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(
    tx.q,
  )
  const next: Gathered = file ? { phase: 'file', after: '0' } : afterFile(audience)
  await sql`
    update bulletin set gathered = ${JSON.stringify(next)}::jsonb, counts = ${JSON.stringify(noCounts)}::jsonb, last_no = 0, planned_no = 0,
           sample = '{}', parts_each = null
     where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  return next.phase
}

const afterFile = (audience: Bulletin['audience']): Gathered =>
  hasRule(audience) ? { phase: 'people', after: first } : { phase: 'numbers', after: '0' }

async function move(tx: Write, { id }: Bulletin, to: Gathered): Promise<Gathered['phase']> {
  await sql`update bulletin set gathered = ${JSON.stringify(to)}::jsonb
             where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  return to.phase
}

async function keepStep(
  tx: Write,
  { id, counts }: Bulletin,
  { lastNo, ...found }: Found,
  to: Gathered,
): Promise<Gathered['phase']> {
  const now: Counts = { ...counts }
  for (const key of Object.keys(found) as (keyof typeof found)[]) now[key] += found[key]
  await sql`
    update bulletin set gathered = ${JSON.stringify(to)}::jsonb, counts = ${JSON.stringify(now)}::jsonb, last_no = ${lastNo}
     where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  return to.phase
}

/**
 * Reads the numbers of the file; what was read before a death stays read. False where it is not this reader who goes on: another is at the
 * file, or the list is gathered anew.
 */
async function readFile(house: House, town: string, id: string): Promise<boolean> {
  const bulletin = await house.database.read(town, tx => getBulletin(tx, id))
  const { file, gathered, audience } = bulletin
  if (gathered.phase !== 'file' || !file) return true
  const after = Number(gathered.after)
  let kept = after
  // Each slice follows upon this reader's own last one, or nothing is kept: of two readers one goes on, and none leaves a gap.
  const isOurs = (now: Bulletin) =>
    now.state === 'counting' &&
    now.gathered.phase === 'file' &&
    Number(now.gathered.after) === kept &&
    now.file?.column === file.column &&
    now.file?.sha256.equals(file.sha256) === true
  const keep = async (lines: Line[], last: number) => {
    const ours = await house.database.write(town, async tx => {
      const now = await getBulletin(tx, id, true)
      if (!isOurs(now)) return false
      const { counts } = now
      const found = await keepLines(tx, id, lines, counts.badLines)
      const total: Counts = {
        ...counts,
        numbers: counts.numbers + found.numbers,
        doubledLines: counts.doubledLines + found.doubled,
        badLines: counts.badLines + found.bad,
      }
      await sql`
        update bulletin set gathered = ${JSON.stringify({ phase: 'file', after: String(last) })}::jsonb, counts = ${JSON.stringify(total)}::jsonb
         where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
      return true
    })
    if (ours) kept = last
    return ours
  }
  const bytes = await house.files.get(town, file.sha256)
  if (!(await readNumbers(house, town, { bytes, column: file.column ?? '', after }, keep))) return false
  return house.database.write(town, async tx => {
    const now = await getBulletin(tx, id, true)
    if (!isOurs(now)) return false
    await move(tx, now, afterFile(audience))
    return true
  })
}

/** All are gathered: who is looked at, how many parts a message has, and the writer sees it. */
async function ready(tx: Write, bulletin: Bulletin): Promise<Gathered['phase']> {
  const { sample, partsEach } = await drawSample(tx, bulletin)
  await sql`
    update bulletin set state = 'counted', gathered = '{"phase": "ready", "after": ""}', sample = ${sample}::integer[],
           parts_each = ${partsEach}::numeric
     where municipality_id = ${tx.town} and bulletin_id = ${bulletin.id}`.execute(tx.q)
  return 'ready'
}
