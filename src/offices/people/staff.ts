import { sql } from 'kysely'
import type { Role } from '../../kernel/access/index.ts'
import { composed } from '../../lib/arabic.ts'
import type { CalendarDate } from '../../lib/calendar.ts'
import { Conflict } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Localized } from '../../lib/localized.ts'
import { hashPassword, hashToken, newToken } from '../../platform/crypto/index.ts'
import type { Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { changeShared } from '../../platform/kept.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { newTotpSecret, sealTotp } from './log-in/totp.ts'
import { todayOf } from './offices.ts'
import { readableSecret } from './ways-in/recovery.ts'

const theSystem: AuditActor = { kind: 'system', id: 'command' }

export type NewOffice = { code: string; name: Localized; parent?: string | undefined; position: number }

/** Enters an office of the town, or gives one there its new name and place. */
export async function addOffice(tx: Write, office: NewOffice, by: AuditActor = theSystem): Promise<void> {
  changeShared(tx)
  await sql`
    insert into office (municipality_id, office_code, name_ar, name_en, parent_code, position)
    values (${tx.town}, ${office.code}, ${office.name.ar}, ${office.name.en}, ${office.parent ?? null}, ${office.position})
    on conflict (municipality_id, office_code) do update
      set name_ar = excluded.name_ar, name_en = excluded.name_en, parent_code = excluded.parent_code, position = excluded.position`.execute(
    tx.q,
  )
  await record(tx, { actor: by, act: 'people.office-added', subjectKind: 'office', subjectId: office.code })
}

export type NewStaff = {
  /** Letters of any script, digits, dot and hyphen; kept in lower case. */
  login: string
  name: Localized
  title: Localized
  office: string
  role: Role
  /** Made here when it is not given. */
  password?: string | undefined
  /** Base32; made here when it is not given. */
  totpSecret?: string | undefined
  validFrom?: CalendarDate | undefined
  validUntil?: CalendarDate | undefined
  decision?: string | undefined
  /** The password is handed over and opens only the choice of one's own; the app is enrolled then. */
  handedOut?: boolean | undefined
  email?: string | undefined
  /** By which one human is found again: the index of their identity number. */
  idIndex?: Buffer | undefined
}

/** How long a password that was handed out may be used. */
export const handedOutMs = 7 * 24 * 3600_000

export type StaffSecrets = { staffId: string; password: string; totpSecret: string }

/** Logins are compared without case and without the spaces a phone keyboard adds. */
export const normaliseLogin = (login: string): string => composed(login, 'NFKC').trim().toLowerCase()

/**
 * Gives somebody of the staff a log-in and a first appointment. The secrets are returned once and kept only hashed and sealed. Hashing
 * runs inside the transaction: this is rare, and done by an administrator.
 */
export async function addStaff(
  tx: Write,
  house: Pick<House, 'crypto'>,
  input: NewStaff,
  by: AuditActor = theSystem,
): Promise<StaffSecrets> {
  const staffId = newId(tx.now)
  const password = input.password ?? readableSecret(4)
  const totpSecret = input.totpSecret ?? newTotpSecret()
  const { handedOut } = input
  const written = await sql`
    insert into staff (municipality_id, staff_id, login, name_ar, name_en, title_ar, title_en, password_hash, password_until,
                       totp_sealed, failures, created_at, email, id_index)
    values (${tx.town}, ${staffId}, ${normaliseLogin(input.login)}, ${input.name.ar}, ${input.name.en}, ${input.title.ar},
            ${input.title.en}, ${await hashPassword(password)},
            ${handedOut ? new Date(tx.now.getTime() + handedOutMs) : null},
            ${handedOut ? null : sealTotp(house.crypto, tx.town, totpSecret)}, 0, ${tx.now}, ${input.email ?? null},
            ${input.idIndex ?? null})
    on conflict (municipality_id, login) do nothing`.execute(tx.q)
  if (written.numAffectedRows === 0n) throw new Conflict('login-taken', { login: input.login })
  await record(tx, { actor: by, act: 'people.staff-added', subjectKind: 'staff', subjectId: staffId })
  await appoint(tx, { staffId, ...pick(input) }, by)
  return { staffId, password, totpSecret }
}

const pick = ({ office, role, validFrom, validUntil, decision }: NewStaff) => ({
  office,
  role,
  validFrom,
  validUntil,
  decision,
})

export type NewAppointment = {
  staffId: string
  office: string
  role: Role
  /** From today when it is not said. */
  validFrom?: CalendarDate | undefined
  validUntil?: CalendarDate | undefined
  decision?: string | undefined
}

/** Appoints somebody to an office; gives the appointment's id. */
export async function appoint(tx: Write, input: NewAppointment, by: AuditActor = theSystem): Promise<string> {
  const id = newId(tx.now)
  const from = input.validFrom ?? (await todayOf(tx))
  await sql`
    insert into appointment (municipality_id, appointment_id, staff_id, office_code, role, valid_from, valid_until, decision)
    values (${tx.town}, ${id}, ${input.staffId}, ${input.office}, ${input.role}, ${from}, ${input.validUntil ?? null},
            ${input.decision ?? null})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'people.appointed',
    subjectKind: 'staff',
    subjectId: input.staffId,
    cause: `${input.role} ${input.office}`,
  })
  return id
}

/** A key for a partner's programs; shown once, kept hashed. */
export async function addApiKey(
  tx: Write,
  name: string,
  scopes: readonly string[],
  by: AuditActor = theSystem,
): Promise<string> {
  const key = `shk_${newToken(32)}`
  const id = newId(tx.now)
  await sql`insert into api_key (municipality_id, key_hash, key_id, name, scopes, created_at, made_by)
            values (${tx.town}, ${hashToken(key)}, ${id}, ${name}, ${[...scopes]}, ${tx.now},
                    ${by.kind === 'staff' ? by.id : null})`.execute(tx.q)
  await record(tx, { actor: by, act: 'people.api-key-added', subjectKind: 'api-key', subjectId: id })
  return key
}
