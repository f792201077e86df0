import { sql } from 'kysely'
import { InvalidInput } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import { ownerByPasskey, type PasskeyAnswer } from '../ways-in/passkeys.ts'
import type { LogInHouse } from './citizen.ts'
import {
  codeStep,
  countFailure,
  isClosed,
  isPassword,
  lockStaffRow,
  noteLogIn,
  staffRow,
} from './staff-row.ts'

/** Password and code, or a passkey. */
export type Confirmation = {
  password: string
  code: string
  passkey?: PasskeyAnswer | undefined
  /** The session in which it was asked: it is noted there when the person last proved who they are. */
  sessionHash?: Buffer | undefined
}

/**
 * Asks the person again before they sign. Belongs into the signing's own transaction: if that is undone, the code was not used, and a
 * form sent twice finds the first answer before it gets here. Wrong words are counted in a transaction of their own, for this one ends
 * in `InvalidInput` (field `password`, code `confirm-wrong`; `passkey`, `passkey-wrong`), which the page shows. The hash costs 20–40 ms
 * of the transaction.
 */
export async function confirmStaff(
  tx: Write,
  house: LogInHouse,
  staffId: string,
  asked: Confirmation,
): Promise<void> {
  if (asked.passkey) {
    if ((await ownerByPasskey(tx, house.crypto, asked.passkey)) !== staffId)
      throw new InvalidInput([{ field: 'passkey', code: 'passkey-wrong' }])
  } else await confirmByPassword(tx, house, staffId, asked)
  if (asked.sessionHash) {
    await sql`update session set confirmed_at = ${tx.now}
               where municipality_id = ${tx.town} and token_hash = ${asked.sessionHash}`.execute(tx.q)
  }
}

async function confirmByPassword(
  tx: Write,
  house: LogInHouse,
  staffId: string,
  { password, code }: Confirmation,
): Promise<void> {
  const row = await staffRow(tx, staffId)
  const closed = isClosed(row, tx.now)
  const right = await isPassword(row, password)
  const step = row && right && !row.password_until ? codeStep(house, tx.town, row, code, tx.now) : undefined
  const used =
    !row || closed || step === undefined
      ? undefined
      : await sql`update staff set failures = 0, locked_until = null, totp_counter = ${step}
                   where municipality_id = ${tx.town} and staff_id = ${staffId} and totp_counter < ${step}`.execute(
          tx.q,
        )
  if (used?.numAffectedRows === 1n) return
  if (!closed) await countApart(house, tx.town, staffId)
  throw new InvalidInput([{ field: 'password', code: 'confirm-wrong' }])
}

function countApart(house: LogInHouse, town: string, staffId: string): Promise<void> {
  return house.database.write(town, async tx => {
    const row = await lockStaffRow(tx, staffId)
    if (!row) return
    await countFailure(tx, row)
    await noteLogIn(tx, 'people.confirmation-refused', staffId)
  })
}
