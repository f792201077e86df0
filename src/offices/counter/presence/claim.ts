import { may } from '../../../kernel/access/index.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/index.ts'
import { aside, type Call } from '../../../web/call.ts'
import { claimPresence, lookRules } from '../../looks/index.ts'
import { planMessage, worded } from '../../messaging/index.ts'
import { officesOf } from '../../people/index.ts'
import { currentVisit, hangOn } from '../../visits/index.ts'
import { byOf, centreOf, clerkOf } from '../clerk.ts'
import { told } from '../told.ts'

/**
 * A number was typed whole. Whoever was called and is nobody yet is that person now. Where nobody was called it is a visit of its own, as the
 * town's rule has it: the clerk says that they are there, and they are told at once that their file was opened. While somebody else is
 * served nothing is noted, and a second file asks for its ground.
 */
export async function noteNumber(call: Call, personId: string): Promise<void> {
  const clerk = clerkOf(call)
  const { staffId } = clerk
  if (!may(clerk, 'visit.call')) return
  const today = dateIn(call.now, call.town.timeZone)
  await aside(call, async tx => {
    const [visit, { presence }] = await Promise.all([currentVisit(tx, staffId), lookRules(tx, today)])
    if (presence === 'turn' || (visit?.personId && visit.personId !== personId)) return
    if (visit) await hangOn(tx, { staffId, act: 'person.identified', personId })
    // Where the town wants presence proved, the page that asks why sends the code.
    else if (presence === 'told') await beginClaimed(tx, call, personId)
  })
}

/** A visit that stands on what the clerk says, or on the code of the person's telephone. The person is told of the first. */
export async function beginClaimed(tx: Write, call: Call, personId: string, proof?: 'code'): Promise<void> {
  const { staffId } = clerkOf(call)
  const identity = proof && 'known-code'
  const visitId = await hangOn(tx, { staffId, act: 'person.identified', personId, identity })
  const { office } = byOf(call)
  const fresh = await claimPresence(tx, { visitId, staffId, personId, office, proof })
  if (!fresh || proof) return
  const at = (await officesOf(tx)).find(({ code }) => code === (office ?? centreOf(call.town)))
  const words = await worded(tx, call.house, told.claimed, { office: at?.name.ar ?? call.town.name.ar })
  await planMessage(tx, call.house, { ...words, personId })
}
