import { sql } from 'kysely'
import { addDays, type CalendarDate, startOfDay } from '../../lib/calendar.ts'
import { Conflict, Forbidden, InvalidInput } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { planJob } from '../../platform/jobs/index.ts'
import { type AdmittedFile, addDocument } from '../archive/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { todayOf } from '../people/index.ts'
import { type Act, noCounts, noProgress, passedBy } from './model.ts'
import { rulesInForce } from './rules.ts'
import { committeeRules } from './settings.ts'
import { getAct, setAct, termsOf } from './store.ts'

declare module '../../platform/jobs/jobs.ts' {
  interface JobPayloads {
    'destruction.count': { actId: string }
    'destruction.carry-out': { actId: string }
    'destruction.due': Record<string, never>
  }
}

/** Somebody who may be of a committee today: by a post of their own, not one held in another's place. */
export type Eligible = {
  staffId: string
  name: { ar: string; en: string }
  title: { ar: string; en: string }
}

export async function eligibleFor(
  tx: Read,
  proposedBy: string | undefined,
  kept?: readonly string[],
): Promise<Eligible[]> {
  const roles = kept ?? (await committeeRules(tx)).roles
  const today = await todayOf(tx)
  const { rows } = await sql<Record<'staff_id' | 'name_ar' | 'name_en' | 'title_ar' | 'title_en', string>>`
    select s.staff_id, s.name_ar, s.name_en, s.title_ar, s.title_en from staff s
     where s.municipality_id = ${tx.town} and s.left_at is null and s.staff_id is distinct from ${proposedBy ?? null}
       and exists (select from appointment a where a.municipality_id = s.municipality_id and a.staff_id = s.staff_id
             and a.role = any (${[...roles]}::text[]) and a.valid_from <= ${today}::date and (a.valid_until is null or a.valid_until >= ${today}::date))
     order by s.name_ar collate "C", s.staff_id limit 500`.execute(tx.q)
  return rows.map(row => ({
    staffId: row.staff_id,
    name: { ar: row.name_ar, en: row.name_en },
    title: { ar: row.title_ar, en: row.title_en },
  }))
}

export type NewAct = { ruleId: string; until: CalendarDate; members: readonly string[]; reason: string }

/**
 * Proposes an act, whose list a job makes; gives its id. @throws InvalidInput where the rule is not in force and shown (`rule-not-in-force`),
 * its time has not passed by that day (`until-too-late`), or the committee is too small or not the town's (`committee-too-small`, `not-eligible`)
 */
export async function proposeAct(tx: Write, input: NewAct, by: AuditActor): Promise<string> {
  const rule = (await rulesInForce(tx)).find(each => each.id === input.ruleId)
  const last = rule && passedBy(rule.term, await todayOf(tx))
  if (!rule?.confirmed || last === undefined)
    throw new InvalidInput([{ field: 'rule', code: 'rule-not-in-force' }])
  if (input.until > last) throw new InvalidInput([{ field: 'until', code: 'until-too-late' }])
  const members = [...new Set(input.members)]
  const { members: fewest, roles, restDays } = await committeeRules(tx)
  if (members.length < fewest)
    throw new InvalidInput([{ field: 'members', code: 'committee-too-small', values: { count: fewest } }])
  const eligible = new Set((await eligibleFor(tx, by.id, roles)).map(each => each.staffId))
  if (!members.every(each => eligible.has(each)))
    throw new InvalidInput([{ field: 'members', code: 'not-eligible' }])
  const id = newId(tx.now)
  const year = Number((await todayOf(tx)).slice(0, 4))
  const { rows } = await sql<{
    number: number
  }>`select next_number('destruction', ${year}::int) as number`.execute(tx.q)
  await sql`
    insert into destruction_act (municipality_id, act_id, year, number, rule_id, kind, scope, until, reason, proposed_by, proposed_at, state,
                                 counts, progress, committee_roles, rest_days)
    values (${tx.town}, ${id}, ${year}, ${rows[0]?.number ?? 1}, ${rule.id}, ${rule.kind}, ${rule.scope}, ${input.until}::date, ${input.reason},
            ${by.id}, ${tx.now}, 'counting', ${JSON.stringify(noCounts)}::jsonb, ${JSON.stringify(noProgress)}::jsonb,
            ${[...roles]}::text[], ${restDays})`.execute(tx.q)
  await sql`
    insert into destruction_member (municipality_id, act_id, staff_id)
    select ${tx.town}, ${id}, m from unnest(${members}::uuid[]) m`.execute(tx.q)
  await note(tx, by, 'destruction.proposed', id, input.reason)
  await planJob(tx, 'destruction.count', { actId: id }, { key: id })
  return id
}

const note = (tx: Write, actor: AuditActor, act: string, id: string, cause?: string) =>
  record(tx, {
    actor,
    act,
    subjectKind: 'destruction',
    subjectId: id,
    cause: cause?.slice(0, 300) || undefined,
  })

export type Minutes = { number: string; date: CalendarDate; paper: AdmittedFile }

/** Puts the minutes of the sitting to the act, once; the paper goes into the archive. */
export async function giveMinutes(tx: Write, id: string, minutes: Minutes, by: AuditActor): Promise<void> {
  const act = await getAct(tx, id, true)
  if (act.state !== 'proposed' || act.minutes) throw new Conflict('minutes-there')
  if (minutes.date > (await todayOf(tx))) throw new InvalidInput([{ field: 'date', code: 'date-in-future' }])
  const documentId = await addDocument(tx, {
    admitted: minutes.paper,
    kind: 'destruction-minutes',
    title: minutes.number,
    source: 'scan',
    by,
  })
  await setAct(
    tx,
    id,
    sql`minutes_number = ${minutes.number}, minutes_date = ${minutes.date}::date, minutes_document_id = ${documentId}`,
  )
  await note(tx, by, 'destruction.minutes-given', id, minutes.number)
}

/** Why somebody cannot decide on an act now. */
export function whyNotDecide(act: Act, staffId: string): string | undefined {
  const own = act.members.find(each => each.staffId === staffId)
  if (!own) return 'not-of-committee'
  if (act.state !== 'proposed') return 'act-not-open'
  if (own.decidedAt) return 'decided-already'
  return act.minutes ? undefined : 'minutes-missing'
}

/**
 * A member's own word. One refusal ends the act; with the last approval it rests for the term it was proposed with and then goes by itself.
 * @throws Forbidden (`not-of-committee`, `not-eligible`), Conflict
 */
export async function decideOnAct(
  tx: Write,
  id: string,
  { approve, why }: { approve: boolean; why: string },
  by: AuditActor,
): Promise<void> {
  const act = await getAct(tx, id, true)
  const stands = whyNotDecide(act, by.id)
  if (stands === 'not-of-committee') throw new Forbidden(stands)
  // Refusing needs no minutes: the sitting may never come to be.
  if (stands !== undefined && (approve || stands !== 'minutes-missing')) throw new Conflict(stands)
  const terms = await termsOf(tx, id)
  if (!(await eligibleFor(tx, act.proposedBy, terms.roles)).some(each => each.staffId === by.id))
    throw new Forbidden('not-eligible')
  await sql`update destruction_member set decided_at = ${tx.now}, is_approved = ${approve}, note = ${why || null}
             where municipality_id = ${tx.town} and act_id = ${id} and staff_id = ${by.id} and decided_at is null`.execute(
    tx.q,
  )
  await note(tx, by, approve ? 'destruction.approved' : 'destruction.refused', id, why)
  if (!approve) {
    await setAct(
      tx,
      id,
      sql`state = 'refused', ended_by = ${by.id}, ended_at = ${tx.now}, ended_why = ${why}`,
    )
    return
  }
  const all = act.members.every(each => each.approved || each.staffId === by.id)
  if (!all) return
  const actsAt = await restsUntil(tx, terms.restDays)
  await setAct(tx, id, sql`state = 'resting', acts_at = ${actsAt}`)
  await planJob(tx, 'destruction.carry-out', { actId: id }, { key: id, runAt: actsAt })
}

/** The beginning of the day after the last whole day of rest. */
async function restsUntil(tx: Read, days: number): Promise<Date> {
  const { rows } = await sql<{ zone: string }>`
    select time_zone as zone from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  return startOfDay(addDays(await todayOf(tx), days + 1), rows[0]?.zone ?? 'UTC')
}

/** A member stops an act while it rests; whoever proposed it takes it back before it was decided. Both for good. */
export async function stopAct(tx: Write, id: string, why: string, by: AuditActor): Promise<void> {
  const act = await getAct(tx, id, true)
  const isMember = act.members.some(each => each.staffId === by.id)
  const state =
    act.state === 'resting' && isMember
      ? 'stopped'
      : act.proposedBy === by.id && ['counting', 'proposed'].includes(act.state)
        ? 'withdrawn'
        : undefined
  if (!state) throw new Conflict('act-not-open')
  await setAct(tx, id, sql`state = ${state}, ended_by = ${by.id}, ended_at = ${tx.now}, ended_why = ${why}`)
  await note(tx, by, `destruction.${state}`, id, why)
}
