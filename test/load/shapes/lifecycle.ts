import { addresses, fillAddress } from '../../../src/lib/addresses.ts'
import { complain } from '../driver/acts.ts'
import { bursts as arriving, openLoop } from '../driver/clock.ts'
import { Drive } from '../driver/drive.ts'
import { smallPhoto } from '../driver/photo.ts'
import type { Order, Outcome } from '../shape.ts'
import { burstRates } from '../sizes.ts'
import { afterWarming } from './warm.ts'

/** Whole lives of complaints as fast as so many clients go, each the next as soon as one has ended. */
export const lifecycle = (order: Order): Promise<Outcome> =>
  afterWarming(order, { connections: order.size.many, drawn: 'whole' }, async (drive, seconds) => {
    const end = drive.time.now() + seconds * 1000
    const client = async () => {
      while (drive.time.now() < end) {
        const due = drive.time.now()
        await drive.whole(due, () => live(drive, due))
      }
    }
    await Promise.all(Array.from({ length: order.size.many }, client))
    drive.facts.drivenMs = drive.time.now() - drive.began
  })

/** The steps after the last burst that show whether all is as before. */
const calmSteps = 2

/** Lives begun so many in a second, up and down, however long the ones before take; then one a second until all is as before. */
export const bursts = async (order: Order): Promise<Outcome> => {
  const { seconds, many } = order.size
  const drive = new Drive(order, { connections: many, drawn: 'whole' })
  const rates = [...burstRates, ...Array<number>(calmSteps).fill(1)]
  const dues = arriving(rates, seconds, drive.chance.next)
  await openLoop(dues, due => drive.whole(due, () => live(drive, due)), many, drive.time)
  drive.facts.burstsEndAt = burstRates.length * seconds
  return drive.end()
}

/**
 * The life of one complaint: filed, assigned to its department by the centre, resolved by the department with its words and a photo, found by
 * its number. Four exchanges, each measured; the whole from when it was due.
 */
async function live(drive: Drive, due: number): Promise<void> {
  const { ground } = drive.order
  const { pick } = drive.chance
  const { id, number } = await complain(drive, pick(ground.people), { as: 'create', due })
  const act = async (of: { as: string; cookie: string; form: Record<string, string>; photo?: true }) =>
    drive.ask({
      as: of.as,
      cookie: of.cookie,
      form: of.form,
      status: 303,
      path: drive.at(fillAddress(addresses.officeAct, { id, act: 'approve' })),
      ...(of.photo && { files: [await smallPhoto('proof.photo-after', id)] }),
    })
  await act({ as: 'assign', cookie: pick(ground.clerks), form: {} })
  drive.told.push({ kind: 'act', request: id, name: 'approve', times: 1 })
  const form = { doneWords: 'رُدمت الحفرة وعُبّد مكانها' }
  await act({ as: 'resolve', cookie: pick(ground.officers), form, photo: true })
  drive.told.push({ kind: 'act', request: id, name: 'approve', times: 2 })
  const path = drive.at(fillAddress(addresses.search, {}, { q: number }))
  const found = await drive.ask({ as: 'search', path, cookie: pick(ground.clerks), status: 200 })
  if (!found.text().includes(id)) throw drive.fail('search', 'what was filed is not found', number)
  drive.took('lifecycle', due)
}
