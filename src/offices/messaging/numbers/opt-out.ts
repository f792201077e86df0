import { sql } from 'kysely'
import { kinds, type MessageKind, optionalKinds } from '../../../kernel/messages/index.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { emailOf, indexEmail, phonesOf } from '../../people/index.ts'
import { kindsByConsent, tellLeftOut } from './consent.ts'

/** Where somebody said it: on the portal, at the counter, or by SMS. */
export type OptOutWay = 'portal' | 'counter' | 'sms'

export type OptOut = {
  /** Telephones and e-mail addresses by their index, as `message.to_index` keeps them. */
  to: readonly Buffer[]
  kinds: readonly MessageKind[]
  way: OptOutWay
  personId?: string | undefined
}

/**
 * From now on these kinds are not sent there. Of what is never left out (legal notices, security, codes) nothing is kept. Gives the kinds
 * that were not left out before.
 */
export async function optOut(tx: Write, wish: OptOut, by: AuditActor): Promise<MessageKind[]> {
  const wanted = wish.kinds.filter(kind => kinds[kind].optOut)
  const { rows } = await sql<{ kind: MessageKind }>`
    insert into message_opt_out as o (municipality_id, to_index, kind, since, way, by_kind, by_id)
    select ${tx.town}::uuid, decode(t, 'hex'), k, ${tx.now}::timestamptz, ${wish.way}::text, ${by.kind}::text, ${by.id}::text
      from unnest(${hexOf(wish.to)}::text[]) t cross join unnest(${wanted}::text[]) k
     order by t, k
    on conflict (municipality_id, to_index, kind) do update
      set since = excluded.since, way = excluded.way, by_kind = excluded.by_kind, by_id = excluded.by_id, ended_at = null
      where o.ended_at is not null
    returning kind`.execute(tx.q)
  const changed = await note(tx, 'messages.opted-out', rows, wish, by)
  const { personId, way } = wish
  if (personId !== undefined) await tellLeftOut(tx, { personId, kinds: wanted, way }, by)
  return changed
}

/** These kinds are sent there again. Gives those that had been left out. */
export async function optIn(tx: Write, wish: OptOut, by: AuditActor): Promise<MessageKind[]> {
  const { rows } = await sql<{ kind: MessageKind }>`
    update message_opt_out set ended_at = ${tx.now}
     where municipality_id = ${tx.town} and ended_at is null and kind = any(${[...wish.kinds]}::text[]) and to_index = any(array(
       select decode(t, 'hex') from unnest(${hexOf(wish.to)}::text[]) t))
    returning kind`.execute(tx.q)
  return note(tx, 'messages.opted-in', rows, wish, by)
}

/** The kinds left out at a telephone or an address. */
export async function optedOut(tx: Read, to: Buffer): Promise<Set<MessageKind>> {
  const { rows } = await sql<{ kind: MessageKind }>`
    select kind from message_opt_out where municipality_id = ${tx.town} and to_index = ${to} and ended_at is null`.execute(
    tx.q,
  )
  return new Set(rows.map(row => row.kind))
}

const hexOf = (to: readonly Buffer[]) => [...new Set(to.map(each => each.toString('hex')))]

async function note(
  tx: Write,
  act: string,
  rows: readonly { kind: MessageKind }[],
  { personId, way, to }: OptOut,
  by: AuditActor,
): Promise<MessageKind[]> {
  const changed: MessageKind[] = optionalKinds.filter(kind => rows.some(row => row.kind === kind))
  const [first] = to
  if (changed.length === 0 || !first) return changed
  await record(tx, {
    actor: by,
    act,
    cause: `${way}: ${changed.join(' ')}`,
    ...(personId === undefined
      ? { subjectKind: 'telephone', subjectId: first.toString('hex') }
      : { subjectKind: 'person', subjectId: personId, personId }),
  })
  return changed
}

/** Every telephone and address of a person, by its index. */
async function addressesOf(tx: Read, crypto: Crypto, personId: string): Promise<Buffer[]> {
  const phones = await phonesOf(tx, crypto, personId)
  const email = await emailOf(tx, crypto, personId)
  return [
    ...phones.map(phone => Buffer.from(phone.key, 'hex')),
    ...(email ? [indexEmail({ tx, crypto }, email.address)] : []),
  ]
}

/** The kinds a person does without: those left out at the number their messages go to, or where there is none at the e-mail address. */
export async function leftOutOf(tx: Read, crypto: Crypto, personId: string): Promise<Set<MessageKind>> {
  const [first] = await addressesOf(tx, crypto, personId)
  return first ? optedOut(tx, first) : new Set()
}

/** Does exactly these kinds without, at every telephone and address of the person; but for those that are answered by consent. */
export async function leaveOut(
  tx: Write,
  crypto: Crypto,
  { personId, kinds: wanted, way }: { personId: string; kinds: readonly MessageKind[]; way: OptOutWay },
  by: AuditActor,
): Promise<void> {
  const to = await addressesOf(tx, crypto, personId)
  const answered = await kindsByConsent(tx)
  const here = optionalKinds.filter(kind => !answered.has(kind))
  await optOut(tx, { to, kinds: here.filter(kind => wanted.includes(kind)), way, personId }, by)
  await optIn(tx, { to, kinds: here.filter(kind => !wanted.includes(kind)), way, personId }, by)
}

/** Keeps somebody's answer to these kinds at every telephone and address of theirs. */
export async function answerKinds(
  tx: Write,
  crypto: Crypto,
  {
    personId,
    kinds: asked,
    wants,
    way,
  }: Pick<OptOut, 'kinds' | 'way'> & { personId: string; wants: boolean },
  by: AuditActor,
): Promise<void> {
  const to = await addressesOf(tx, crypto, personId)
  await (wants ? optIn : optOut)(tx, { to, kinds: asked, way, personId }, by)
}

/** Changes the numbers of a person so that what they do without is left out at the new ones too. */
export async function carryWishes<T>(
  tx: Write,
  crypto: Crypto,
  { personId, way }: { personId: string; way: OptOutWay },
  by: AuditActor,
  change: () => Promise<T>,
): Promise<T> {
  const before = [...(await leftOutOf(tx, crypto, personId))]
  const changed = await change()
  if (before.length > 0) {
    const to = await addressesOf(tx, crypto, personId)
    await optOut(tx, { to, kinds: before, way, personId }, by)
  }
  return changed
}
