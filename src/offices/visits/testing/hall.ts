import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, type BuiltStaff, builder } from '../../../../test/builders/people.ts'
import type { TestDatabase } from '../../../../test/database.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { receive } from '../../messaging/index.ts'
import { listenForTurns, openWindow, settleUsual, setWindow, takeTurn, type Visit } from '../index.ts'
import type { TurnInput } from '../turns.ts'

/** A Sunday morning on which the centre is open. */
const sundayMorning = '2026-11-22T07:00:00Z'

/** A hall with two windows: 1 for all but paying, 2 for all; a clerk sits at each. */
export function aHall(db: TestDatabase) {
  const house = aHouse(db)
  listenForTurns(house)
  const ahead = Date.parse(sundayMorning) - db.clock.now().getTime()
  db.clock.advance(ahead)

  async function open() {
    const town = await aTown(db, { isDemo: true })
    const place = { house, town: town.id }
    const desk = { house, town }
    const write = <T>(work: (tx: Write) => Promise<T>): Promise<T> => db.database.write(town.id, work)
    const read = <T>(work: (tx: Read) => Promise<T>): Promise<T> => db.database.read(town.id, work)
    const clerks: BuiltStaff[] = []
    for (const number of [1, 2]) {
      const clerk = await aStaffMember(place, 'clerk')
      clerks.push(clerk)
      const purposes = ['file', 'papers', 'receive', 'ask', ...(number === 2 ? ['pay'] : [])]
      const words = { ar: `شباك ${number}`, en: `Window ${number}` }
      await write(async tx => {
        await settleUsual(tx)
        await setWindow(tx, { number, name: words, room: words, purposes, open: true }, builder)
        await openWindow(tx, { number, ...at(clerk) })
      })
    }
    const turn = (input: Partial<TurnInput> = {}) =>
      write(tx => takeTurn(tx, desk, { purpose: 'file', channel: 'clerk', ...input }, builder))
    let sent = 0
    const text = (from: string, words: string, providerRef = `${town.id}-${sent++}`) =>
      write(tx =>
        receive(tx, desk, { provider: 'test', providerRef, from, to: '1', text: words, at: tx.now }),
      )
    const messages = async (): Promise<string[]> => {
      const rows = await db.owner
        .selectFrom('message')
        .select('body')
        .where('municipality_id', '=', town.id)
        .orderBy('message_id')
        .execute()
      return rows.map(row => row.body)
    }
    const rows = () =>
      db.owner
        .selectFrom('visit')
        .selectAll()
        .where('municipality_id', '=', town.id)
        .orderBy('visit_id')
        .execute()
    const [one, two] = clerks as [BuiltStaff, BuiltStaff]
    return {
      db,
      house,
      town,
      place,
      desk,
      write,
      read,
      turn,
      text,
      messages,
      rows,
      one: at(one),
      two: at(two),
    }
  }
  return { open, minutes: (count: number) => db.clock.advance(count * 60_000) }
}

const at = (clerk: BuiltStaff) => ({
  staffId: clerk.id,
  by: { kind: 'staff', id: clerk.id, office: clerk.office },
})

export const nameOf = (visit: Visit | undefined): string | undefined =>
  visit && `${visit.purpose} ${visit.number}`
