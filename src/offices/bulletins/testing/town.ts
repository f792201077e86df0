import { aHouse } from '../../../../test/builders/house.ts'
import {
  aPerson,
  aStaffMember,
  aTown,
  builder,
  type PersonOverrides,
} from '../../../../test/builders/people.ts'
import type { TestDatabase } from '../../../../test/database.ts'
import { newId } from '../../../lib/ids.ts'
import { money } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { accountFor, raiseCharge } from '../../treasury/index.ts'
import { insertSubscription } from '../../utilities/index.ts'
import { type BulletinInput, writeBulletin } from '../acts.ts'
import { gatherBulletin } from '../audience/gather.ts'
import type { Audience } from '../model.ts'
import { getBulletin } from '../store.ts'

export const nobody: Audience = { quarters: [], feeders: [], accountKinds: [], verified: false }

/** A town with a clerk who writes bulletins and a manager who lets them go. */
export async function aBulletinTown(db: TestDatabase) {
  const house = aHouse(db)
  const town = await aTown(house, { isDemo: true })
  const place = { house, town: town.id }
  const write = <T>(work: (tx: Write) => Promise<T>): Promise<T> => house.database.write(town.id, work)
  const read = <T>(work: (tx: Read) => Promise<T>): Promise<T> => house.database.read(town.id, work)
  const clerk = await aStaffMember(place, 'clerk', 'service-centre')
  const manager = await aStaffMember(place, 'manager', 'service-centre')
  const by = { kind: 'staff', id: clerk.id }
  const second = { kind: 'staff', id: manager.id }
  const person = (over: PersonOverrides = {}) => aPerson(place, over)

  let connections = 0
  /** A connection of somebody, with its account; gives the account. */
  const connect = (
    holderId: string,
    over: { utility?: 'electricity' | 'water'; feeder?: string; quarter?: string } = {},
  ): Promise<string> =>
    write(async tx => {
      connections += 1
      const number = connections
      const id = newId(tx.now)
      const { utility = 'electricity', feeder, quarter = 'حي السوق' } = over
      const account = await accountFor(tx, {
        objectKind: 'subscription',
        objectId: id,
        kind: utility,
        holderId,
      })
      await insertSubscription(tx, {
        id,
        number: `S-${number}`,
        utility,
        phases: 1,
        amperes: 20,
        billing: 'billed',
        meterNumber: `M-${number}`,
        accountId: account.id,
        holderId,
        capacity: 'holder',
        address: { block: '1', quarter, parcel: '1', landmark: '' },
        from: '2026-01-01',
        requestId: undefined,
        feeder,
      })
      return account.id
    })

  /** Something somebody owes on an account. */
  const owe = (
    accountId: string,
    debtorId: string,
    minor: number,
    dueOn = '2026-02-20',
    kind = 'electricity',
  ) =>
    write(tx =>
      raiseCharge(tx, {
        accountId,
        debtorId,
        dueKind: kind,
        amount: money(minor, 'ILS'),
        refundable: false,
        label: { ar: 'فاتورة', en: 'Bill' },
        reasons: {},
        dueOn,
        by: builder,
      }),
    )

  const written = (over: Partial<BulletinInput> & { audience: Audience }): Promise<string> =>
    write(tx =>
      writeBulletin(
        tx,
        {
          title: 'قطع المياه',
          kind: 'awareness',
          body: 'تُقطع المياه غدًا من 8 إلى 12.',
          template: undefined,
          expiresDays: 3,
          dailyParts: undefined,
          ...over,
        },
        by,
      ),
    )
  /** Writes one and gathers whom it is for. */
  const gathered = async (over: Partial<BulletinInput> & { audience: Audience }) => {
    const id = await written(over)
    await gatherBulletin(house, town.id, id)
    return read(tx => getBulletin(tx, id))
  }
  return { db, house, town, write, read, clerk, manager, by, second, person, connect, owe, written, gathered }
}
