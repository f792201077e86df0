import { type Actor, isRole } from '../../../kernel/access/index.ts'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import { Conflict, InvalidInput } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Money } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { getStaffMember } from '../../people/index.ts'
import { type Authority, type DocumentKind, mayStandUnder, type SigningJudgement } from './authority.ts'
import {
  authorities,
  authorityToChange,
  insertAuthority,
  officesHeld,
  roleEndedOn,
  setLastDay,
} from './store.ts'

export type NewAuthority = {
  staffId: string
  role: string
  kind: DocumentKind
  ceilings: readonly Money[]
  decision: string
  from: CalendarDate
  until: CalendarDate | undefined
}

/** Writes down that somebody may sign a kind of document; gives the authority's id. */
export async function giveAuthority(tx: Write, input: NewAuthority, by: AuditActor): Promise<string> {
  await getStaffMember(tx, input.staffId)
  return enter(tx, { ...input, deputyFor: undefined }, by)
}

export type NewDeputy = {
  staffId: string
  decision: string
  from: CalendarDate
  until: CalendarDate | undefined
}

/** Lets somebody stand in for whoever holds an authority, on days of their own. A deputy has no deputy. */
export async function appointDeputy(
  tx: Write,
  authorityId: string,
  input: NewDeputy,
  by: AuditActor,
): Promise<string> {
  const principal = await authorityToChange(tx, authorityId)
  await getStaffMember(tx, input.staffId)
  if (principal.deputyFor !== undefined) throw new Conflict('deputy-of-deputy')
  if (principal.staffId === input.staffId)
    throw new InvalidInput([{ field: 'staff', code: 'deputy-of-oneself' }])
  const { role, kind, ceilings } = principal
  return enter(tx, { ...input, role, kind, ceilings, deputyFor: authorityId }, by)
}

/** Ends an authority; `lastDay` is the last on which it holds. Those who stand in under it end with it. */
export async function endAuthority(
  tx: Write,
  authorityId: string,
  lastDay: CalendarDate,
  by: AuditActor,
): Promise<void> {
  const authority = await authorityToChange(tx, authorityId)
  if (lastDay < authority.from) throw new InvalidInput([{ field: 'until', code: 'ends-before-it-begins' }])
  if (authority.until !== undefined && lastDay > authority.until)
    throw new InvalidInput([{ field: 'until', code: 'ends-later' }])
  await setLastDay(tx, authorityId, lastDay)
  await record(tx, {
    actor: by,
    act: 'signing.authority-ended',
    subjectKind: 'signing-authority',
    subjectId: authorityId,
    cause: lastDay,
  })
}

async function enter(tx: Write, it: Omit<Authority, 'id'>, by: AuditActor): Promise<string> {
  if (it.until !== undefined && it.until < it.from)
    throw new InvalidInput([{ field: 'until', code: 'ends-before-it-begins' }])
  const id = newId(tx.now)
  await insertAuthority(tx, { ...it, id }, by.id)
  await record(tx, {
    actor: by,
    act: it.deputyFor === undefined ? 'signing.authority-given' : 'signing.deputy-appointed',
    subjectKind: 'signing-authority',
    subjectId: id,
    cause: it.decision,
  })
  return id
}

export type SigningCase = { staffId: string; role: string; kind: string; amounts: readonly Money[] }

/** Whether somebody may sign such a document today, by what is written and by what they are appointed to today. */
export async function judgeSigning(tx: Read, timeZone: string, of: SigningCase): Promise<SigningJudgement> {
  const today = dateIn(tx.now, timeZone)
  const held = await officesHeld(tx, [of.staffId], today)
  const roles = held.map(({ role }) => role)
  return mayStandUnder(await authorities(tx, of.role), { ...of, roles, today })
}

/**
 * Lets pass who may sign, else refuses: Conflict `no-authority-to-sign`, `appointment-ended`, `authority-ended`, `authority-not-begun` or
 * `ceiling-exceeded`, with the day or the amount it is about.
 */
export async function requireAuthority(
  tx: Read,
  timeZone: string,
  of: SigningCase,
): Promise<SigningJudgement & { ok: true }> {
  const judged = await judgeSigning(tx, timeZone, of)
  if (judged.ok) return judged
  const { code, on, amount } = judged
  const ended =
    code === 'no-authority-to-sign'
      ? await roleEndedOn(tx, of.staffId, of.role, dateIn(tx.now, timeZone))
      : undefined
  if (ended !== undefined) throw new Conflict('appointment-ended', { on: ended, role: of.role })
  throw new Conflict(code, { role: of.role, ...(on && { on }), ...(amount && { amount }) })
}

/**
 * The actor with what they stand in for today: the posts of each signatory whose deputy they are. Only signing asks as this actor; to
 * everything else a deputy is what they are appointed to.
 */
export async function asSignatory(tx: Read, timeZone: string, actor: Actor): Promise<Actor> {
  if (actor.kind !== 'staff') return actor
  const today = dateIn(tx.now, timeZone)
  const all = await authorities(tx)
  const standing = all.filter(row => row.deputyFor !== undefined && row.staffId === actor.staffId)
  const principals = standing
    .filter(row => row.from <= today && (row.until === undefined || today <= row.until))
    .flatMap(row => all.filter(({ id }) => id === row.deputyFor))
  if (principals.length === 0) return actor
  const held = await officesHeld(
    tx,
    principals.map(({ staffId }) => staffId),
    today,
  )
  const posts = principals.flatMap(({ staffId, role }) =>
    held.flatMap(post =>
      post.staffId === staffId && post.role === role && isRole(role) ? [{ role, office: post.office }] : [],
    ),
  )
  const known = new Set(actor.appointments.map(({ role, office }) => `${role} ${office}`))
  const added = posts.filter(({ role, office }) => !known.has(`${role} ${office}`))
  return { ...actor, appointments: [...actor.appointments, ...added] }
}
