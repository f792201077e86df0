import { addresses, fillAddress } from '../../../src/lib/addresses.ts'
import { file } from '../driver/acts.ts'
import { arrivals, openLoop } from '../driver/clock.ts'
import type { Drive } from '../driver/drive.ts'
import type { Order, Outcome } from '../shape.ts'
import { afterWarming } from './warm.ts'

/** What of a hundred acts each kind is: a centre that looks up more than it writes. */
const mix = [
  ['search', 30],
  ['open', 25],
  ['inbox', 15],
  ['person', 15],
  ['file', 15],
] as const

/** So many acts a second, of every kind a centre does all day. */
export const steady = (order: Order): Promise<Outcome> =>
  afterWarming(order, { connections: order.size.many, drawn: 'each' }, async (drive, seconds) => {
    const dues = arrivals(order.size.rate, seconds, drive.chance.next)
    await openLoop(dues, due => drive.whole(due, () => act(drive, due)), order.size.many, drive.time)
  })

async function act(drive: Drive, due: number): Promise<void> {
  const { ground } = drive.order
  const { pick } = drive.chance
  switch (kindOf(drive.chance.below(100))) {
    case 'search': {
      const q = pick(drive.chance.below(2) === 0 ? ground.names : ground.numbers)
      const path = drive.at(fillAddress(addresses.search, {}, { q }))
      await drive.ask({ as: 'search', due, path, cookie: pick(ground.clerks), status: 200 })
      return
    }
    case 'open': {
      const path = drive.at(fillAddress(addresses.officeRequest, { id: pick(ground.requests) }))
      await drive.ask({ as: 'open', due, path, cookie: pick(ground.officers), status: 200 })
      return
    }
    case 'inbox': {
      const path = drive.at(fillAddress(addresses.inbox, {}))
      await drive.ask({ as: 'inbox', due, path, cookie: pick(ground.officers), status: 200 })
      return
    }
    case 'person': {
      const cookie = pick(ground.clerks)
      // The number of a card typed whole opens the file: a name would not.
      const path = drive.at(fillAddress(addresses.counter, {}, { q: pick(drive.known).idNumber }))
      const found = await drive.ask({ as: 'find', due, path, cookie, status: 303 })
      await drive.ask({ as: 'person', path: found.location, cookie, status: 200 })
      return
    }
    case 'file':
      await file(drive, pick(ground.people), { as: 'file', due })
  }
}

function kindOf(drawn: number): (typeof mix)[number][0] {
  let upTo = 0
  for (const [kind, share] of mix) {
    upTo += share
    if (drawn < upTo) return kind
  }
  return 'search'
}
