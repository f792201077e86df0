import { sql } from 'kysely'
import { Conflict, Forbidden } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/index.ts'
import { noteFile } from '../archive/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { holdBulk } from '../messaging/index.ts'
import { drawSample } from './audience/sample.ts'
import { planGather, planSend } from './later.ts'
import { type Audience, type Bulletin, type BulletinKind, type BulletinState, noCounts } from './model.ts'
import { getBulletin } from './store.ts'

export type BulletinInput = {
  title: string
  kind: BulletinKind
  body: string
  template: Bulletin['template']
  audience: Audience
  expiresDays: number
  dailyParts: number | undefined
  /** A file of numbers that is kept; left out it stays as it is, `null` takes it away. */
  file?: NewFile | null | undefined
}

export type NewFile = {
  name: string
  stored: { sha256: Buffer; size: number }
  columns: string[]
  column: string | undefined
}

const begin = JSON.stringify({ phase: 'clear', after: '' })
const note = (tx: Write, act: string, bulletinId: string, by: AuditActor, cause?: string) =>
  record(tx, { actor: by, act: `bulletins.${act}`, subjectKind: 'bulletin', subjectId: bulletinId, cause })

/** Writes a bulletin; whom it goes to is gathered at once, in the background. Gives its id. */
export async function writeBulletin(tx: Write, input: BulletinInput, by: AuditActor): Promise<string> {
  const id = newId(tx.now)
  const { file } = input
  if (file) await keepFile(tx, file)
  await sql`
    insert into bulletin (municipality_id, bulletin_id, title, kind, body, template, template_version, template_from, audience, expires_days,
                          daily_parts, writers, state, file_sha256, file_name, file_column, file_columns, gathered, counts, last_no, planned_no,
                          sample, progress, released_parts, created_at, changed_at)
    values (${tx.town}, ${id}, ${input.title}, ${input.kind}, ${input.body}, ${input.template?.key ?? null}, ${input.template?.version ?? null},
            ${input.template?.from ?? null}, ${JSON.stringify(input.audience)}, ${input.expiresDays}, ${input.dailyParts ?? null},
            ${[by.id]}::uuid[], 'counting', ${file?.stored.sha256 ?? null}, ${file?.name ?? null}, ${file?.column ?? null},
            ${file?.columns ?? null}::text[], ${begin}::jsonb, ${JSON.stringify(noCounts)}::jsonb, 0, 0, '{}',
            ${noProgress}::jsonb, 0, ${tx.now}, ${tx.now})`.execute(tx.q)
  await note(tx, 'written', id, by)
  await planGather(tx, id)
  return id
}

const noProgress = JSON.stringify({ states: {}, failures: {}, parts: 0, prices: [] })

const keepFile = (tx: Write, { stored }: NewFile) => noteFile(tx, { ...stored, type: 'text/csv' })

/** Holds a bulletin that stands at one of these. @throws Conflict `bulletin-moved-on` */
async function holdAt(tx: Write, id: string, ...states: BulletinState[]): Promise<Bulletin> {
  const bulletin = await getBulletin(tx, id, true)
  if (!states.includes(bulletin.state)) throw new Conflict('bulletin-moved-on', { id })
  return bulletin
}

/** Writes it anew before it is let go. Whoever changes it does not let it go; another audience is gathered anew. */
export async function changeBulletin(
  tx: Write,
  id: string,
  input: BulletinInput,
  by: AuditActor,
): Promise<void> {
  const before = await holdAt(tx, id, 'counting', 'counted')
  const file = input.file === undefined ? before.file : (input.file ?? undefined)
  if (input.file) await keepFile(tx, input.file)
  const sha256 = input.file ? input.file.stored.sha256 : before.file?.sha256
  await sql`
    update bulletin set title = ${input.title}, kind = ${input.kind}, body = ${input.body}, template = ${input.template?.key ?? null},
           template_version = ${input.template?.version ?? null}, template_from = ${input.template?.from ?? null},
           audience = ${JSON.stringify(input.audience)}::jsonb, expires_days = ${input.expiresDays}, daily_parts = ${input.dailyParts ?? null},
           writers = ${withWriter(before, by)}::uuid[], changed_at = ${tx.now},
           file_sha256 = ${file ? (sha256 ?? null) : null}, file_name = ${file?.name ?? null}, file_column = ${file?.column ?? null},
           file_columns = ${file?.columns ?? null}::text[], asked_by = null, asked_at = null
     where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  await note(tx, 'changed', id, by)
  const same =
    before.state === 'counted' &&
    input.file === undefined &&
    before.kind === input.kind &&
    JSON.stringify(before.audience) === JSON.stringify(input.audience)
  if (same) await drawAgain(tx, id)
  else await gatherAgain(tx, id)
}

/** Everyone who wrote in it, whoever did so last at the end. */
const withWriter = ({ writers }: Pick<Bulletin, 'writers'>, { id }: AuditActor): string[] => [
  ...writers.filter(each => each !== id),
  id,
]

/** Reads the numbers from another column of its file; whoever says so has written in it. @throws Conflict `no-such-column` */
export async function chooseColumn(tx: Write, id: string, column: string, by: AuditActor): Promise<void> {
  const before = await holdAt(tx, id, 'counting', 'counted')
  if (!before.file?.columns.includes(column)) throw new Conflict('no-such-column', { column })
  await sql`update bulletin set file_column = ${column}, writers = ${withWriter(before, by)}::uuid[], changed_at = ${tx.now}
             where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  await note(tx, 'changed', id, by)
  await gatherAgain(tx, id)
}

async function gatherAgain(tx: Write, id: string): Promise<void> {
  await sql`update bulletin set state = 'counting', gathered = ${begin}::jsonb
             where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  await planGather(tx, id)
}

async function drawAgain(tx: Write, id: string): Promise<void> {
  const { sample, partsEach } = await drawSample(tx, await getBulletin(tx, id))
  await sql`update bulletin set sample = ${sample}::integer[], parts_each = ${partsEach}::numeric
             where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
}

/** Gives it to a second person. @throws Conflict `nobody-on-the-list` */
export async function askReview(tx: Write, id: string, by: AuditActor): Promise<void> {
  const { counts } = await holdAt(tx, id, 'counted')
  if (counts.recipients === 0) throw new Conflict('nobody-on-the-list', { id })
  await sql`update bulletin set state = 'review', asked_by = ${by.id}, asked_at = ${tx.now}, returned_why = null
             where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  await note(tx, 'review-asked', id, by)
}

/** Whether somebody may let it go: whoever wrote in it may not. */
export const mayDecide = ({ writers }: Pick<Bulletin, 'writers'>, staffId: string): boolean =>
  !writers.includes(staffId)

/**
 * A second person lets it go: its messages are planned and sent. `seen`: when the review they looked at was asked for; taken back, written
 * otherwise and asked for again since, it is another one. @throws Forbidden `second-person` to whoever wrote in it
 */
export async function letGo(tx: Write, id: string, by: AuditActor, seen?: Date | undefined): Promise<void> {
  const bulletin = await holdAt(tx, id, 'review')
  if (seen && bulletin.asked?.at.getTime() !== seen.getTime()) throw new Conflict('bulletin-moved-on', { id })
  if (!mayDecide(bulletin, by.id)) throw new Forbidden('second-person')
  await sql`update bulletin set state = 'sending', decided_by = ${by.id}, decided_at = ${tx.now}
             where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  await note(tx, 'let-go', id, by, `${bulletin.counts.recipients}`)
  await planSend(tx, id)
}

/** A second person gives it back to be written otherwise; whoever wrote it takes it back in the same way. */
export async function sendBack(tx: Write, id: string, why: string, by: AuditActor): Promise<void> {
  await holdAt(tx, id, 'review')
  await sql`update bulletin set state = 'counted', returned_why = ${why === '' ? null : why}
             where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  await note(tx, 'sent-back', id, by, why)
}

/** Pauses it: what is in the outbox and in nobody's hand waits again. */
export async function pauseBulletin(tx: Write, id: string, by: AuditActor): Promise<void> {
  const { paused } = await holdAt(tx, id, 'sending')
  if (paused) return
  const { parts } = await holdBulk(tx, id)
  await sql`update bulletin set paused_by = ${by.id}, paused_at = ${tx.now}, released_parts = greatest(0, released_parts - ${parts}::integer)
             where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  await note(tx, 'paused', id, by)
}

/** Goes on with a paused one. */
export async function goOn(tx: Write, id: string, by: AuditActor): Promise<void> {
  await holdAt(tx, id, 'sending')
  await sql`update bulletin set paused_by = null, paused_at = null
             where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  await note(tx, 'gone-on', id, by)
  await planSend(tx, id)
}

/** Ends it for good; what has not left is taken back in slices. */
export async function stopBulletin(tx: Write, id: string, by: AuditActor): Promise<void> {
  await holdAt(tx, id, 'sending')
  await holdBulk(tx, id)
  await end(tx, id, by)
  await note(tx, 'stopped', id, by)
  await planSend(tx, id)
}

/** Lays a bulletin aside that nobody has let go. */
export async function dropDraft(tx: Write, id: string, by: AuditActor): Promise<void> {
  await holdAt(tx, id, 'counting', 'counted')
  await end(tx, id, by)
  await note(tx, 'dropped', id, by)
}

const end = (tx: Write, id: string, by: AuditActor) =>
  sql`update bulletin set state = 'stopped', ended_by = ${by.id}, ended_at = ${tx.now}, paused_by = null, paused_at = null
       where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
