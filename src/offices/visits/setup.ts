import { sql } from 'kysely'
import { wordsOf } from '../../lib/arabic.ts'
import type { CalendarDate } from '../../lib/calendar.ts'
import { BadRequest } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { type Ground, type Purpose, type ServiceWindow, usualRules, type VisitRules } from './model.ts'

/** What every centre is visited for; a town adds, renames and closes. */
const usualPurposes: readonly Purpose[] = [
  ['file', 'أ', 'تقديم طلب', 'File a request', ['طلب', 'تقديم', 'معامله'], 20],
  ['papers', 'ب', 'استكمال وثائق', 'Bring papers', ['وثايق', 'اوراق', 'استكمال'], 15],
  ['pay', 'ج', 'دفع', 'Pay', ['دفع', 'تسديد', 'صندوق'], 10],
  ['receive', 'د', 'استلام معاملة', 'Collect a paper', ['استلام', 'تسليم'], 10],
  ['ask', 'هـ', 'سؤال', 'Ask', ['سوال', 'استفسار'], 15],
].map(([code, letter, ar, en, words, promiseMinutes], position) => ({
  ...({ code, letter, words, promiseMinutes } as Pick<
    Purpose,
    'code' | 'letter' | 'words' | 'promiseMinutes'
  >),
  name: { ar: String(ar), en: String(en) },
  position,
  open: true,
}))

const usualGrounds: readonly Ground[] = [
  ['elderly', 'كبير سن', 'Elderly'],
  ['disability', 'ذو إعاقة', 'Disability'],
  ['pregnant', 'حامل أو معها رضيع', 'Pregnant or with an infant'],
].map(([code = '', ar = '', en = ''], position) => ({ code, name: { ar, en }, position, open: true }))

/** Gives a town that has settled nothing yet the usual purposes and grounds; what it has stays as it is. */
export async function settleUsual(tx: Write): Promise<void> {
  const { rows } = await sql`select 1 from visit_purpose where municipality_id = ${tx.town} limit 1`.execute(
    tx.q,
  )
  if (rows.length > 0) return
  for (const purpose of usualPurposes) await writePurpose(tx, purpose, 'nothing')
  for (const ground of usualGrounds) await writeGround(tx, ground, 'nothing')
}

/** Adds a purpose or changes it. Two purposes never share a letter. */
export async function setPurpose(tx: Write, purpose: Purpose, by: AuditActor): Promise<void> {
  if (purpose.letter.trim() === '') throw new BadRequest('letter-missing')
  await writePurpose(tx, purpose, 'update')
  await note(tx, by, 'visits.purpose-set', 'purpose', purpose.code)
}

async function writePurpose(tx: Write, purpose: Purpose, clash: 'nothing' | 'update'): Promise<void> {
  const words = [...new Set(purpose.words.flatMap(wordsOf))]
  await sql`
    insert into visit_purpose (municipality_id, purpose_code, letter, name_ar, name_en, words, promise_minutes, position, is_open)
    values (${tx.town}, ${purpose.code}, ${purpose.letter}, ${purpose.name.ar}, ${purpose.name.en}, ${words}, ${purpose.promiseMinutes},
            ${purpose.position}, ${purpose.open})
    ${
      clash === 'nothing'
        ? sql`on conflict do nothing`
        : sql`on conflict (municipality_id, purpose_code) do update
                set letter = excluded.letter, name_ar = excluded.name_ar, name_en = excluded.name_en, words = excluded.words,
                    promise_minutes = excluded.promise_minutes, position = excluded.position, is_open = excluded.is_open`
    }`.execute(tx.q)
}

export async function setGround(tx: Write, ground: Ground, by: AuditActor): Promise<void> {
  await writeGround(tx, ground, 'update')
  await note(tx, by, 'visits.ground-set', 'ground', ground.code)
}

async function writeGround(tx: Write, ground: Ground, clash: 'nothing' | 'update'): Promise<void> {
  await sql`
    insert into visit_ground (municipality_id, ground_code, name_ar, name_en, position, is_open)
    values (${tx.town}, ${ground.code}, ${ground.name.ar}, ${ground.name.en}, ${ground.position}, ${ground.open})
    ${
      clash === 'nothing'
        ? sql`on conflict do nothing`
        : sql`on conflict (municipality_id, ground_code) do update
                set name_ar = excluded.name_ar, name_en = excluded.name_en, position = excluded.position, is_open = excluded.is_open`
    }`.execute(tx.q)
}

/** Adds a window of the hall or changes what is served at it. */
export async function setWindow(tx: Write, window: ServiceWindow, by: AuditActor): Promise<void> {
  await sql`
    insert into service_window (municipality_id, number, name_ar, name_en, room_ar, room_en, purposes, is_open)
    values (${tx.town}, ${window.number}, ${window.name.ar}, ${window.name.en}, ${window.room.ar}, ${window.room.en},
            ${[...window.purposes]}, ${window.open})
    on conflict (municipality_id, number) do update
      set name_ar = excluded.name_ar, name_en = excluded.name_en, room_ar = excluded.room_ar, room_en = excluded.room_en,
          purposes = excluded.purposes, is_open = excluded.is_open`.execute(tx.q)
  await note(tx, by, 'visits.window-set', 'window', String(window.number))
}

const rulesKey = 'visits.rules'

/** What the council or the administrator has settled of the queue, from a day on: a dated series, never edited. */
export async function setVisitRules(
  tx: Write,
  of: { rules: Partial<VisitRules>; from: CalendarDate; decision?: string | undefined },
  by: AuditActor,
): Promise<void> {
  for (const [name, value] of Object.entries(of.rules))
    if (!Number.isInteger(value) || value < 1 || value > 600)
      throw new BadRequest('rule-out-of-range', { name })
  await sql`
    insert into setting (municipality_id, key, valid_from, setting_id, value, decision, confirmed, set_by, set_at)
    values (${tx.town}, ${rulesKey}, ${of.from}::date, ${newId(tx.now)}, ${JSON.stringify(of.rules)}, ${of.decision ?? null}, true,
            ${by.kind === 'staff' ? by.id : null}, ${tx.now})`.execute(tx.q)
  await note(tx, by, 'visits.rules-set', 'setting', rulesKey)
}

/** The queue's rules as they stand on a day. */
export async function visitRules(tx: Read, day: CalendarDate): Promise<VisitRules> {
  const { rows } = await sql<{ value: Partial<VisitRules> }>`
    select value from setting where municipality_id = ${tx.town} and key = ${rulesKey} and valid_from <= ${day}::date
     order by valid_from desc, set_at desc, setting_id desc limit 1`.execute(tx.q)
  return { ...usualRules, ...rows[0]?.value }
}

function note(tx: Write, actor: AuditActor, act: string, kind: string, id: string): Promise<void> {
  return record(tx, { actor, act, subjectKind: kind, subjectId: id })
}
