import { file } from '../driver/acts.ts'
import { Drive } from '../driver/drive.ts'
import type { Order, Outcome } from '../shape.ts'

/** Everybody files once: each owes a fee from then on, and the program's code is warm. */
export async function everybody(order: Order): Promise<Outcome> {
  const { people } = order.ground
  const drive = new Drive(order, { connections: order.size.many, drawn: 'each' })
  let next = 0
  const client = async () => {
    for (let person = people[next++]; person; person = people[next++]) {
      const filing = person
      await drive.whole(drive.time.now(), async () => void (await file(drive, filing, { as: 'file' })))
    }
  }
  await Promise.all(Array.from({ length: order.size.many }, client))
  return drive.end()
}
