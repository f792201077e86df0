import { z } from 'zod'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { onlineKey, setSetting, settingOn } from '../../treasury/index.ts'
import { type Bank, hostedBank } from './adapter.ts'

const shape = z.object({
  name: z.string().min(1),
  pageUrl: z.url(),
  apiUrl: z.url(),
  merchant: z.string().min(1).max(64),
  /** Sealed for this town, base64. */
  key: z.string(),
  /** Minutes a payment that was begun waits for the bank. */
  minutes: z.int().min(5).max(1440),
  /** What becomes of money that comes when there is nothing left to pay: it stays on account, or goes back. */
  late: z.enum(['on-account', 'refund']),
})

export type BankSettings = z.output<typeof shape>
type Desk = { house: Pick<House, 'crypto' | 'clock'>; town: Pick<Town, 'id' | 'timeZone'> }

const purpose = 'payments.bank-key'

/** The town's bank with its rules; undefined where the town takes no money online. */
export async function findBank(
  tx: Read,
  { house, town }: Desk,
): Promise<{ bank: Bank; settings: BankSettings } | undefined> {
  const found = await settingOn(tx, onlineKey, shape.nullable(), dateIn(tx.now, town.timeZone))
  if (!found?.value) return undefined
  const settings = found.value
  const key = house.crypto.open(town.id, purpose, Buffer.from(settings.key, 'base64'))
  return { bank: hostedBank({ ...settings, key }, house.clock), settings }
}

/** The same where one is needed. @throws Conflict `no-bank` */
export async function getBank(tx: Read, desk: Desk): Promise<{ bank: Bank; settings: BankSettings }> {
  const found = await findBank(tx, desk)
  if (!found) throw new Conflict('no-bank')
  return found
}

/** Writes which bank takes the town's money online, from today on; its key is sealed. */
export async function setBank(
  tx: Write,
  { house, town }: Desk,
  bank: Omit<BankSettings, 'key'> & { key: string },
  by: { kind: string; id: string },
): Promise<void> {
  const key = house.crypto.seal(town.id, purpose, bank.key).toString('base64')
  const value = shape.parse({ ...bank, key })
  await setSetting(tx, { key: onlineKey, from: dateIn(tx.now, town.timeZone), value, by })
}

/** The same, where it is not what the town has written already: what is there of a town's own rules stays. */
export async function setBankWhereChanged(
  desk: Desk & { house: Pick<House, 'database'> },
  bank: Omit<BankSettings, 'key'> & { key: string },
): Promise<void> {
  const { house, town } = desk
  await house.database.write(town.id, async tx => {
    const known = (await findBank(tx, desk))?.settings
    const key = known && house.crypto.open(town.id, purpose, Buffer.from(known.key, 'base64'))
    const same = known?.pageUrl === bank.pageUrl && known.apiUrl === bank.apiUrl && key === bank.key
    if (same && known.merchant === bank.merchant) return
    const rules = known ? { minutes: known.minutes, late: known.late } : {}
    await setBank(tx, desk, { ...bank, ...rules }, { kind: 'system', id: 'demo-bank' })
  })
}
