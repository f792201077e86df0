import { receive } from '../../src/offices/messaging/index.ts'
import { openWindow, settleUsual, setWindow, takeTurn } from '../../src/offices/visits/index.ts'
import { builder } from '../builders/people.ts'
import type { PeopledTown } from './peopled.ts'

/** A hall with a window, somebody who waits, and a text nobody understood; gives the id of the turn. It is open whatever the hour. */
export async function aQueue({ bench, staff, write }: PeopledTown): Promise<string> {
  const day = { from: '00:00', to: '23:59' }
  const calendar = { ...bench.town.calendar, week: [day, day, day, day, day, day, day], closures: [] }
  const desk = { ...bench, town: { ...bench.town, calendar } }
  const name = { ar: 'شباك 1', en: 'Window 1' }
  return write(async tx => {
    await settleUsual(tx)
    await setWindow(tx, { number: 1, name, room: name, purposes: ['file', 'pay'], open: true }, builder)
    await openWindow(tx, { number: 1, staffId: staff.clerk.id, by: builder })
    await takeTurn(tx, desk, { purpose: 'file', channel: 'door' }, builder)
    const { visit } = await takeTurn(
      tx,
      desk,
      { purpose: 'file', channel: 'door', ground: 'elderly' },
      builder,
    )
    const text = { from: '0599 444 333', to: '1', text: 'متى تفتحون؟', at: tx.now }
    await receive(tx, desk, { provider: 'test', providerRef: visit.id, ...text })
    return visit.id
  })
}
