import { sql } from 'kysely'
import { composed, isPlausibleName, stripControls } from '../../../lib/arabic.ts'
import type { Fault } from '../../../lib/errors.ts'
import { parseNationalId } from '../../../lib/national-id.ts'
import { parsePhone } from '../../../lib/phone.ts'
import { hashPassword } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { indexId, indexPhone, sealId } from '../identity.ts'
import type { PersonName } from '../model.ts'
import { registerPerson } from '../persons.ts'
import { verifyPhone } from '../phones/acts.ts'
import { phoneOwners } from '../phones/read.ts'
import { holdNumbers } from '../phones/shared.ts'
import { type Browser, type Entered, enter } from './arrive.ts'
import { addressIndex } from './budget.ts'
import type { LogInHouse } from './citizen.ts'
import { sendLogInCode, takeLogInCode } from './codes.ts'
import { isWeakPin, readPin, writePin } from './pin.ts'
import { openTicket, sealTicket } from './tickets.ts'

/** What somebody says of themselves before anybody has seen them. */
export type SelfRegistration = { name: PersonName; idNumber: string; phone: string }

const nameFields = ['firstName', 'fatherName', 'grandfatherName', 'familyName'] as const

/** Reads a registration of one's own: four names, an identity number whose check digit agrees, a mobile. */
export function readSelfRegistration(
  typed: (name: string) => string,
): { ok: true; value: SelfRegistration } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  const line = (name: string) =>
    composed(stripControls(typed(name).toWellFormed()).replace(/\s+/g, ' ').trim()).slice(0, 120)
  for (const field of nameFields) {
    if (line(field) === '') faults.push({ field, code: 'required' })
    else if (!isPlausibleName(line(field))) faults.push({ field, code: 'not-a-name' })
  }
  const number = parseNationalId(typed('idNumber'))
  if (!number.ok) faults.push({ field: 'idNumber', code: number.code })
  else if (!number.value.checkDigitOk) faults.push({ field: 'idNumber', code: 'national-id-check-digit' })
  const phone = parsePhone(typed('phone'))
  if (!phone.ok) faults.push({ field: 'phone', code: typed('phone').trim() === '' ? 'required' : phone.code })
  else if (phone.value.kind === 'fixed') faults.push({ field: 'phone', code: 'phone-not-mobile' })
  if (!number.ok || !phone.ok || faults.length > 0) return { ok: false, faults }
  const [first, father, grandfather, family] = nameFields.map(line) as [string, string, string, string]
  return {
    ok: true,
    value: {
      name: { first, father, grandfather, family },
      idNumber: number.value.digits,
      phone: phone.value.e164,
    },
  }
}

const purpose = 'register'
type Ticket = { codeId: string }

/**
 * Sends a code to the telephone of somebody who registers themselves, and keeps what they said, sealed, until it is typed. Gives what their
 * browser carries to the next step: a code is worth nothing in another one. Whether the number is known here is said to nobody who has not
 * read it out of that telephone. Conflict `codes-too-many`.
 */
export function beginRegistration(
  house: LogInHouse,
  town: string,
  of: SelfRegistration,
  address: string | undefined,
): Promise<string> {
  return house.database.write(town, async tx => {
    const from = addressIndex(house, town, address)
    const codeId = await sendLogInCode(tx, house, { purpose, to: of.phone, from, held: JSON.stringify(of) })
    return sealTicket(house.crypto, town, purpose, { codeId } satisfies Ticket, tx.now)
  })
}

export const registrationTicket = (
  crypto: House['crypto'],
  town: string,
  text: string,
  now: Date,
): Ticket | undefined => openTicket<Ticket>(crypto, town, purpose, text, now)

/** `phone-known`: the code was right, and somebody in the records has the number: only the counter can tell who they are. */
export type Registered =
  | ({ kind: 'open' } & Entered)
  | { kind: 'phone-known' }
  | { kind: 'faults'; faults: Fault[] }

/**
 * Registers somebody with the code of their telephone and a PIN of their own. They are only what they say: a record without a number is made,
 * which sees what they file themselves and nothing that was there before; the number they gave is kept sealed until a clerk has seen the card.
 */
export async function finishRegistration(
  house: LogInHouse,
  town: string,
  ticket: Ticket,
  typed: { code: string; pin: string; again: string },
  from: Browser,
): Promise<Registered> {
  const pin = readPin(typed.pin)
  const idNumber = await house.database.read(town, tx => numberHeld(tx, house, ticket))
  const faults: Fault[] = []
  if (typed.code.trim() === '') faults.push({ field: 'code', code: 'required' })
  if (pin === undefined) faults.push({ field: 'pin', code: 'pin-malformed' })
  else if (isWeakPin(pin, { idNumber })) faults.push({ field: 'pin', code: 'pin-weak' })
  else if (readPin(typed.again) !== pin) faults.push({ field: 'again', code: 'pin-differs' })
  // A PIN that will not do uses up no try at the code.
  if (pin === undefined || faults.length > 0) return { kind: 'faults', faults }
  const hash = await hashPassword(pin)
  return house.database.write(town, async tx => {
    const answer = await takeLogInCode(tx, house, { codeId: ticket.codeId, purpose, typed: typed.code })
    if (!answer.ok) return { kind: 'faults', faults: [{ field: 'code', code: answer.code }] }
    const said = JSON.parse(answer.taken.held ?? '{}') as SelfRegistration
    const keys = { tx, crypto: house.crypto }
    const phone = indexPhone(keys, said.phone)
    await holdNumbers(tx, [phone])
    if ((await phoneOwners(tx, house.crypto, said.phone)).length > 0) return { kind: 'phone-known' }
    const personId = await enterPerson(tx, house, said)
    await writePin(tx, personId, hash, {
      mustChange: false,
      by: personId,
      level: 'claimed',
      claim: {
        phone,
        idIndex: indexId(keys, 'palestinian-id', said.idNumber),
        idSealed: sealId(keys, said.idNumber),
      },
    })
    const login = { person_id: personId, level: 'claimed' } as const
    return { kind: 'open', ...(await enter(tx, house, login, { ...from, knownBy: 'code', quiet: true })) }
  })
}

async function enterPerson(tx: Write, house: LogInHouse, said: SelfRegistration): Promise<string> {
  const by = { kind: 'anonymous', id: 'self' } as const
  const personId = await registerPerson(
    tx,
    house.crypto,
    {
      kind: 'natural',
      name: said.name,
      motherName: '',
      birthDate: undefined,
      sex: undefined,
      idKind: 'none',
      idNumber: undefined,
      phone: said.phone,
      phoneShared: false,
      address: { block: '', quarter: '', parcel: '', landmark: '' },
    },
    by,
    { source: 'self' },
  )
  await verifyPhone(tx, house.crypto, personId, said.phone, { kind: 'citizen', id: personId }, 'code')
  return personId
}

/** The number that was given, for a PIN that holds no piece of it. */
async function numberHeld(tx: Read, { crypto }: LogInHouse, { codeId }: Ticket): Promise<string | undefined> {
  const { rows } = await sql<{ held_sealed: Buffer | null }>`
    select held_sealed from log_in_code where municipality_id = ${tx.town} and code_id = ${codeId} and purpose = ${purpose}`.execute(
    tx.q,
  )
  const sealed = rows[0]?.held_sealed
  return sealed
    ? (JSON.parse(crypto.open(tx.town, 'log-in-held', sealed)) as SelfRegistration).idNumber
    : undefined
}
