import { Conflict } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { type Arrived, arrive, type Browser } from './arrive.ts'
import { addressIndex } from './budget.ts'
import { type LogInHouse, unchanged } from './citizen.ts'
import { provenPhone, sendLogInCode, takeLogInCode } from './codes.ts'
import { rememberDevice } from './devices.ts'
import { findLogin, lockLogin } from './logins.ts'
import { openTicket, sealTicket } from './tickets.ts'

/** What a browser carries while a code is under way: whose right PIN it brought, or the code alone where it is to become known first. */
export type CodeTicket = { codeId: string } & (
  | { kind: 'device'; personId: string; setAt: number }
  | { kind: 'known' }
)
const purpose = 'log-in-code'

export const writeCodeTicket = (
  crypto: House['crypto'],
  town: string,
  ticket: CodeTicket,
  now: Date,
): string => sealTicket(crypto, town, purpose, ticket, now)

export const readCodeTicket = (
  crypto: House['crypto'],
  town: string,
  text: string,
  now: Date,
): CodeTicket | undefined => openTicket<CodeTicket>(crypto, town, purpose, text, now)

export type CodeAnswer = { kind: 'wrong'; code: 'code-wrong' | 'code-expired' }

/** Lets in a strange browser that brought a right PIN and now the code: once, and only while that PIN stands. */
export function admitByCode(
  house: LogInHouse,
  town: string,
  ticket: Extract<CodeTicket, { kind: 'device' }>,
  typed: string,
  from: Browser & { trusted: boolean },
): Promise<Arrived | CodeAnswer> {
  return house.database.write(town, async tx => {
    const login = await lockLogin(tx, ticket.personId)
    const answer = await takeLogInCode(tx, house, { codeId: ticket.codeId, purpose: 'device', typed })
    if (!answer.ok) {
      await noteWrong(tx, ticket.personId)
      return { kind: 'wrong', code: answer.code }
    }
    if (!unchanged(login, new Date(ticket.setAt))) return { kind: 'wrong', code: 'code-expired' }
    return arrive(tx, house, login, { ...from, knownBy: 'code' })
  })
}

/** Sends the code anew to whoever brought the right PIN; the one before is worth nothing without its ticket. Conflict `codes-too-many`. */
export function sendAnother(
  house: LogInHouse,
  town: string,
  ticket: Extract<CodeTicket, { kind: 'device' }>,
): Promise<CodeTicket | undefined> {
  return house.database.write(town, async tx => {
    const to = await provenPhone(tx, house, ticket.personId)
    if (to === undefined) return undefined
    const { personId } = ticket
    return { ...ticket, codeId: await sendLogInCode(tx, house, { purpose: 'device', personId, to }) }
  })
}

/**
 * Sends a code to the proven telephone of whoever a number belongs to, so that their browser becomes known before any PIN is typed: the way
 * in while strangers are kept waiting. Whether there is such a person, such a telephone, or were too many codes already, nothing of the
 * answer tells.
 */
export function askToBeKnown(
  house: LogInHouse,
  town: string,
  { idNumber, address }: { idNumber: string; address: string | undefined },
): Promise<CodeTicket> {
  return house.database.write(town, async tx => {
    const login = await findLogin(tx, house, idNumber)
    const to = login && (await provenPhone(tx, house, login.person_id))
    const from = addressIndex(house, town, address)
    const codeId = await sendLogInCode(tx, house, {
      purpose: 'known',
      personId: login?.person_id,
      to,
      from,
    }).catch(error => {
      if (!(error instanceof Conflict)) throw error
      return sendLogInCode(tx, house, { purpose: 'known', to: undefined })
    })
    return { kind: 'known', codeId }
  })
}

/** Knows a browser by its code: failures of strangers close it no more. Gives the token it is known by. */
export function becomeKnown(
  house: LogInHouse,
  town: string,
  ticket: CodeTicket,
  typed: string,
  from: Browser,
): Promise<{ kind: 'known'; deviceToken: string } | CodeAnswer> {
  return house.database.write(town, async tx => {
    const answer = await takeLogInCode(tx, house, { codeId: ticket.codeId, purpose: 'known', typed })
    const personId = answer.ok ? answer.taken.personId : undefined
    if (!answer.ok || personId === undefined) {
      await noteWrong(tx, undefined)
      return { kind: 'wrong', code: answer.ok ? 'code-expired' : answer.code }
    }
    const { device: agent = '', token } = from
    const known = await rememberDevice(tx, { personId, token, agent, knownBy: 'code', trusted: false })
    await record(tx, {
      actor: { kind: 'citizen', id: personId },
      act: 'people.device-known',
      subjectKind: 'person',
      subjectId: personId,
      personId,
    })
    if (known.isNew) await house.events.publish(tx, 'people.log-in-told', { personId, news: 'device-new' })
    return { kind: 'known', deviceToken: known.token }
  })
}

const noteWrong = (tx: Write, personId: string | undefined): Promise<void> =>
  record(tx, {
    actor: { kind: 'anonymous', id: 'anonymous' },
    act: 'people.code-refused',
    subjectKind: 'person',
    subjectId: personId ?? 'unknown',
    personId,
  })
