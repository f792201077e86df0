import { BadRequest } from '../../../lib/errors.ts'
import { parsePhone } from '../../../lib/phone.ts'
import type { Write } from '../../../platform/database/index.ts'
import { hear } from './hear.ts'
import type { Desk, IncomingSms, Received } from './model.ts'
import { senderOf, takeIn } from './take-in.ts'

/**
 * Takes in what somebody sent and has it answered in the transaction of the caller, exactly once by the provider's reference. Carriers hand
 * texts to `takeIncoming` instead, which holds off floods. @throws BadRequest where it came from no telephone
 */
export async function receive(tx: Write, desk: Desk, sms: IncomingSms): Promise<Received> {
  const sender = senderOf(desk, tx.town, sms.from)
  if (!sender) {
    const phone = parsePhone(sms.from)
    throw new BadRequest(phone.ok ? 'phone-malformed' : phone.code)
  }
  const [taken] = await takeIn(tx, desk, sender, [sms])
  if (!taken) return { id: undefined, repeated: false, handledBy: undefined }
  if (taken.repeated && taken.heard) return { id: taken.id, repeated: true, handledBy: undefined }
  const { by } = await hear(tx, desk, sender, taken)
  return { id: taken.id, repeated: taken.repeated, handledBy: by }
}
