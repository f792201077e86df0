import { sql } from 'kysely'
import type { Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { type AuditEntry, erasedAct, record, recordMany } from '../audit/index.ts'
import { entryHash, releasedAct, releasedCause, sealTown } from '../seal/index.ts'
import { keepCertificate } from './certificate.ts'
import { questionOf } from './count.ts'
import { lockDestruction } from './holds.ts'
import { findOf } from './kinds/index.ts'
import { type Act, actNumber } from './model.ts'
import { rulesInForce } from './rules.ts'
import { getAct, itemsOf, setAct } from './store.ts'

type Tools = Pick<House, 'database' | 'files' | 'crypto' | 'config' | 'clock'>

/** The entry for each thing that was destroyed. */
export const doneAct = 'destruction.done-to'

const usualBatch = 100
const system = { kind: 'system', id: 'destruction' } as const

/**
 * Carries out an act whose rest has passed, batch by batch. Killed anywhere and begun again it goes on where it was; run twice it is done
 * once. What came to be excluded since it was listed drops out: each batch asks anew in its own transaction.
 */
export async function carryOut(
  house: Tools,
  town: string,
  id: string,
  { batch = usualBatch }: { batch?: number } = {},
): Promise<void> {
  if (!(await house.database.write(town, tx => begin(tx, id)))) return
  do await removeFiles(house, town, id)
  while (await house.database.write(town, tx => destroySome(tx, id, batch)))
  // What was done stands in the log before its certificate says how far that came.
  await sealTown(house, town)
  await keepCertificate(house, town, id)
}

/** Whether there is something to do: the rest has passed, and the rule it was proposed by still holds. */
async function begin(tx: Write, id: string): Promise<boolean> {
  const act = await getAct(tx, id, true)
  if (act.state === 'acting') return true
  if (act.state !== 'resting' || !act.actsAt || act.actsAt > tx.now) return false
  const rule = (await rulesInForce(tx)).find(each => each.id === act.ruleId)
  if (!rule?.confirmed) {
    await setAct(tx, id, sql`state = 'stopped', ended_at = ${tx.now}, ended_why = 'rule-changed'`)
    await note(tx, act, 'destruction.stopped', 'rule-changed')
    return false
  }
  await setAct(tx, id, sql`state = 'acting'`)
  await note(tx, act, 'destruction.began', act.minutes?.number)
  return true
}

const note = (tx: Write, act: Act, what: string, cause?: string) =>
  record(tx, { actor: system, act: what, subjectKind: 'destruction', subjectId: act.id, cause })

type Told = { entries: string[]; certificates: string[]; receipts: string[] }

/** One batch; false when nothing is left. */
async function destroySome(tx: Write, id: string, limit: number): Promise<boolean> {
  await lockDestruction(tx)
  const act = await getAct(tx, id, true)
  if (act.state !== 'acting') return false
  const ids = (await itemsOf(tx, id, 'listed', { limit })).map(each => each.id)
  if (ids.length === 0) return false
  // Whoever adds a charge, a paper or a complaint to one of these waits until it is decided here.
  const table = { request: 'request', person: 'person', receipt: 'receipt' }[act.kind as string]
  if (table)
    await sql`select 1 from ${sql.table(table)} where municipality_id = ${tx.town} and ${sql.ref(`${table}_id`)} = any (${ids}::uuid[])
       order by ${sql.ref(`${table}_id`)} for update`.execute(tx.q)
  const { before, ...question } = await questionOf(tx, act)
  const found = new Map(
    (await findOf(tx, act.kind, question, { before, limit, ids })).map(each => [each.id, each]),
  )
  const going = ids.filter(each => found.get(each)?.why === null)
  const staying = ids
    .filter(each => found.get(each)?.why !== null)
    .map(each => ({ id: each, why: found.get(each)?.why ?? 'gone' }))
  await drop(tx, id, staying)
  if (going.length > 0) await destroy(tx, act, going)
  const progress = { ...act.progress, done: act.progress.done + going.length }
  progress.dropped += staying.length
  await setAct(tx, id, sql`progress = ${JSON.stringify(progress)}::jsonb`)
  return true
}

async function drop(tx: Write, id: string, staying: readonly { id: string; why: string }[]): Promise<void> {
  if (staying.length === 0) return
  await sql`
    update destruction_item i set state = 'dropped', why = w.why
      from jsonb_to_recordset(${JSON.stringify(staying)}::jsonb) as w(id uuid, why text)
     where i.municipality_id = ${tx.town} and i.act_id = ${id} and i.subject_id = w.id and i.state = 'listed'`.execute(
    tx.q,
  )
}

async function destroy(tx: Write, act: Act, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ told: Told }>`
    select destroy_listed(${act.id}::uuid, ${[...ids]}::uuid[], ${tx.now}::timestamptz) as told`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Error('a function without a row')
  const { told } = row
  const cause = `${actNumber(act)} · ${act.minutes?.number ?? ''}`
  const entry = (name: string, subjectKind: string, subjectId: string): AuditEntry => ({
    actor: system,
    act: name,
    subjectKind,
    subjectId,
    cause,
  })
  const released = async (kind: 'certificate' | 'receipt', emptied: readonly string[]) => {
    const entries: AuditEntry[] = []
    for (const each of emptied)
      entries.push({
        ...entry(releasedAct, kind, each),
        cause: releasedCause(cause, await entryHash(tx, kind, each)),
      })
    return entries
  }
  await recordMany(tx, [
    ...ids.map(each => ({
      ...entry(doneAct, act.kind, each),
      ...(act.kind === 'request' && { requestId: each }),
    })),
    ...told.entries.map(each => entry(erasedAct, 'audit', each)),
    ...(await released('certificate', told.certificates)),
    ...(await released('receipt', told.receipts)),
  ])
}

/** Takes contents off the shelf that no document speaks of. One that was brought again meanwhile stays. */
async function removeFiles({ database, files }: Tools, town: string, id: string): Promise<void> {
  const some = () =>
    database.write(town, async tx => {
      const { rows } = await sql<{ sha256: Buffer; gone: boolean }>`
        select w.sha256, f.destroyed_at is not null as gone from destruction_file w
          join file f on f.municipality_id = w.municipality_id and f.sha256 = w.sha256
         where w.municipality_id = ${tx.town} and w.act_id = ${id} and w.removed_at is null
         order by w.sha256 limit 20 for update of f`.execute(tx.q)
      for (const { sha256, gone } of rows) if (gone) await files.remove(town, sha256)
      await sql`update destruction_file set removed_at = ${tx.now} where municipality_id = ${tx.town} and act_id = ${id}
         and sha256 = any (${rows.map(each => each.sha256)}::bytea[])`.execute(tx.q)
      return rows.length
    })
  while ((await some()) > 0);
}
