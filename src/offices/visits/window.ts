import { sql } from 'kysely'
import { Conflict, InvalidInput } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { endEarlierDays } from './evening.ts'
import type { Desk, IdentityShown, Visit, VisitResult } from './model.ts'
import { next } from './next.ts'
import { type Day, queueOf, readDay, sinceJump } from './queue.ts'
import { currentVisit, getVisit, today, type WindowNow, windowsOf } from './store.ts'
import { moved } from './turns.ts'

/** One of the staff at a window. */
export type AtWindow = { staffId: string; by: AuditActor }

/** Sits down at a window. It is refused where somebody else sits (`window-taken`) and where it is closed (`window-closed`). */
export async function openWindow(tx: Write, of: AtWindow & { number: number }): Promise<void> {
  await endEarlierDays(tx)
  await sql`select 1 from service_window where municipality_id = ${tx.town} and number = ${of.number} for update`.execute(
    tx.q,
  )
  const windows = await windowsOf(tx)
  const window = windows.find(each => each.number === of.number)
  if (!window?.open) throw new Conflict('window-closed')
  if (window.sitting?.staffId === of.staffId) return
  if (window.sitting) throw new Conflict('window-taken', { number: of.number })
  if (windows.some(each => each.sitting?.staffId === of.staffId)) await closeWindow(tx, of)
  await sql`
    insert into window_sitting (municipality_id, sitting_id, number, staff_id, opened_at)
    values (${tx.town}, ${newId(tx.now)}, ${of.number}, ${of.staffId}, ${tx.now})`.execute(tx.q)
  await note(tx, of.by, 'visits.window-opened', String(of.number))
}

/** Leaves the window. Whoever is called or served there is ended first (`visit-open`). */
export async function closeWindow(tx: Write, of: AtWindow): Promise<void> {
  if (await currentVisit(tx, of.staffId)) throw new Conflict('visit-open')
  await sql`update window_sitting set closed_at = ${tx.now}
             where municipality_id = ${tx.town} and staff_id = ${of.staffId} and closed_at is null`.execute(
    tx.q,
  )
  await note(tx, of.by, 'visits.window-left', of.staffId)
}

/**
 * Calls whoever is next at this window; undefined when nobody waits for it. Two windows that call at once never get the same turn: each
 * locks the one it has chosen and passes over what another has in hand. Whoever is called or served there is ended first (`visit-open`).
 */
export async function callNext(tx: Write, desk: Desk, of: AtWindow): Promise<Visit | undefined> {
  const { window, day } = await readyToCall(tx, desk, of.staffId)
  const since = sinceJump(day.visits, window.number)
  let queue = queueOf(day, tx.now)
  for (;;) {
    const found = next({ ...queue, sinceJump: since }, window.purposes)
    if (!found) return undefined
    if (await seize(tx, found.turn.id)) {
      await call(tx, desk, of, window, found.turn.id, { jumped: found.jumped })
      return getVisit(tx, found.turn.id)
    }
    queue = { ...queue, waiting: queue.waiting.filter(turn => turn !== found.turn) }
  }
}

/**
 * Calls somebody out of turn, and says why; without a reason it is refused (`reason-missing`), unless it is their turn anyway. The reason is
 * listed to whoever runs the centre.
 */
export async function callOutOfTurn(
  tx: Write,
  desk: Desk,
  of: AtWindow & { visitId: string; reason: string },
): Promise<Visit> {
  const { window, day } = await readyToCall(tx, desk, of.staffId)
  const first = next(
    { ...queueOf(day, tx.now), sinceJump: sinceJump(day.visits, window.number) },
    window.purposes,
  )
  const inTurn = first?.turn.id === of.visitId
  const reason = of.reason.trim()
  if (!inTurn && reason === '') throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  if (reason.length > 300)
    throw new InvalidInput([{ field: 'reason', code: 'too-long', values: { max: 300 } }])
  if (!(await seize(tx, of.visitId))) throw new Conflict('turn-gone')
  await call(tx, desk, of, window, of.visitId, inTurn ? { jumped: first.jumped } : { jumped: false, reason })
  return getVisit(tx, of.visitId)
}

async function readyToCall(tx: Write, desk: Desk, staffId: string): Promise<{ window: WindowNow; day: Day }> {
  await endEarlierDays(tx)
  // A second press of the same person waits for the first.
  await sql`select 1 from window_sitting
             where municipality_id = ${tx.town} and staff_id = ${staffId} and closed_at is null for update`.execute(
    tx.q,
  )
  const day = await readDay(tx, today(tx, desk))
  const window = day.windows.find(each => each.sitting?.staffId === staffId)
  if (!window) throw new Conflict('no-window')
  if (await currentVisit(tx, staffId)) throw new Conflict('visit-open')
  return { window, day }
}

/** Takes a turn that still waits for oneself, or none when another has it in hand. */
async function seize(tx: Write, visitId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from visit where municipality_id = ${tx.town} and visit_id = ${visitId} and state = 'waiting'
       for update skip locked`.execute(tx.q)
  return rows.length > 0
}

async function call(
  tx: Write,
  desk: Desk,
  { staffId, by }: AtWindow,
  window: WindowNow,
  visitId: string,
  how: { jumped: boolean; reason?: string },
): Promise<void> {
  await sql`
    update visit set state = 'called', window_number = ${window.number}, staff_id = ${staffId}, called_at = ${tx.now}, jumped = ${how.jumped},
           out_of_turn_reason = ${how.reason ?? null}
     where municipality_id = ${tx.town} and visit_id = ${visitId}`.execute(tx.q)
  await note(tx, by, how.reason ? 'visits.called-out-of-turn' : 'visits.called', visitId, how.reason)
  await moved(tx, desk, visitId, 'called')
}

/** Whoever was called stands at the window, and has shown who they are. */
export async function beginServing(
  tx: Write,
  desk: Desk,
  of: AtWindow & { identity: IdentityShown; personId?: string | undefined },
): Promise<void> {
  const visit = await mine(tx, of.staffId, ['called'])
  await sql`
    update visit set state = 'serving', served_from = ${tx.now}, identity_shown = ${of.identity},
           person_id = coalesce(person_id, ${of.personId ?? null}::uuid)
     where municipality_id = ${tx.town} and visit_id = ${visit.id}`.execute(tx.q)
  await note(tx, of.by, 'visits.serving', visit.id, of.identity)
  await moved(tx, desk, visit.id, 'serving')
}

/** Whoever is served is done. */
export async function finish(
  tx: Write,
  desk: Desk,
  of: AtWindow & { result?: VisitResult; identity?: IdentityShown | undefined },
): Promise<void> {
  const visit = await mine(tx, of.staffId, ['serving'])
  await sql`
    update visit set state = 'done', ended_at = ${tx.now}, result = ${of.result ?? 'done'},
           identity_shown = coalesce(${of.identity ?? null}, identity_shown, 'none')
     where municipality_id = ${tx.town} and visit_id = ${visit.id}`.execute(tx.q)
  await note(tx, of.by, 'visits.done', visit.id, of.result)
  await moved(tx, desk, visit.id, 'done')
}

/** Whoever was called did not come. */
export async function noShow(tx: Write, desk: Desk, of: AtWindow): Promise<void> {
  const visit = await mine(tx, of.staffId, ['called'])
  await sql`update visit set state = 'no-show', ended_at = ${tx.now}
             where municipality_id = ${tx.town} and visit_id = ${visit.id}`.execute(tx.q)
  await note(tx, of.by, 'visits.no-show', visit.id)
  await moved(tx, desk, visit.id, 'no-show')
}

/** Whoever missed their call has come: within the grace, and once, they wait on where they stood (`grace-over`). */
export async function comeBack(
  tx: Write,
  desk: Desk,
  of: { visitId: string; by: AuditActor },
): Promise<void> {
  const { rules } = await readDay(tx, today(tx, desk))
  const back = await sql`
    update visit v set state = 'waiting', ended_at = null, window_number = null, staff_id = null, called_at = null, jumped = false,
           out_of_turn_reason = null, returned_at = ${tx.now}
     where municipality_id = ${tx.town} and visit_id = ${of.visitId} and state = 'no-show' and returned_at is null
       and ended_at >= ${tx.now}::timestamptz - make_interval(mins => ${rules.graceMinutes})
       and not exists (select 1 from visit o where o.municipality_id = ${tx.town} and o.phone_index = v.phone_index
                          and o.purpose_code = v.purpose_code and o.state = 'waiting')`.execute(tx.q)
  if (back.numAffectedRows === 0n) throw new Conflict('grace-over', { minutes: rules.graceMinutes })
  await note(tx, of.by, 'visits.came-back', of.visitId)
  await moved(tx, desk, of.visitId, 'waiting')
}

async function mine(tx: Write, staffId: string, states: readonly Visit['state'][]): Promise<Visit> {
  await sql`select 1 from visit where municipality_id = ${tx.town} and staff_id = ${staffId} and state in ('called', 'serving')
               for update`.execute(tx.q)
  const visit = await currentVisit(tx, staffId)
  if (!visit || !states.includes(visit.state)) throw new Conflict('nobody-here')
  return visit
}

function note(tx: Write, actor: AuditActor, act: string, id: string, cause?: string): Promise<void> {
  return record(tx, { actor, act, subjectKind: 'visit', subjectId: id, cause })
}
