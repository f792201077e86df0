import { addresses, fillAddress } from '../../../src/lib/addresses.ts'
import { Drive } from '../driver/drive.ts'
import type { Citizen, Order, Outcome } from '../shape.ts'

/** What people look for among the services, in their own words. */
const words = ['شهادة سكن', 'كهرباء', 'رخصة بناء', 'حفرة', 'مياه', 'براءة ذمة']

/** People who are logged in and leaf through their pages, each with pauses of their own. */
export async function thousand(order: Order): Promise<Outcome> {
  const { many, seconds, think } = order.size
  // Each has a connection of their own, as a telephone has.
  const drive = new Drive(order, { connections: many, drawn: 'each' })
  const end = drive.time.now() + seconds * 1000
  await Promise.all(
    order.ground.people.slice(0, many).map(async (person, at) => {
      // They do not come all at once.
      await drive.time.sleep((at / many) * think)
      while (drive.time.now() < end) {
        const due = await drive.think()
        await drive.whole(due, () => leaf(drive, person, due))
      }
    }),
  )
  return drive.end()
}

async function leaf(drive: Drive, person: Citizen, due: number): Promise<void> {
  const { pick, below } = drive.chance
  const cookie = person.cookie ?? ''
  const drawn = below(100)
  const [as, path] =
    drawn < 30
      ? ['home', fillAddress(addresses.my, {})]
      : drawn < 50
        ? ['request', fillAddress(addresses.myRequest, { id: person.request ?? '' })]
        : drawn < 65
          ? ['pay', fillAddress(addresses.myPay, {})]
          : drawn < 85
            ? ['services', fillAddress(addresses.services, {}, { q: pick(words) })]
            : ['messages', fillAddress(addresses.myMessages, {})]
  await drive.ask({ as, due, path: drive.at(path), cookie, status: 200 })
}
