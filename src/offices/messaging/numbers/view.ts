import { type OptionalKind, optionalKinds } from '../../../kernel/messages/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { Call } from '../../../web/call.ts'
import { type ContactChannels, emailOf, type Phone, phonesOf, reachOfPerson } from '../../people/index.ts'
import { providersOf } from '../carriers/store.ts'
import { codeUnderWay } from './codes.ts'
import { kindsByConsent } from './consent.ts'
import { leftOutOf } from './opt-out.ts'

/** How a person is reached, as the citizen and the clerk see it. */
export type ContactView = {
  phones: Phone[]
  email: { address: string; verified: boolean } | undefined
  channels: ContactChannels
  /** The kinds that come, of those somebody may do without. */
  kinds: string[]
  /** The kinds that are asked here: others need somebody's own word to a text, and are asked where that stands. */
  asked: OptionalKind[]
  /** Whether the town sends e-mail at all. */
  hasEmail: boolean
  /** A code on its way, and where to. */
  code: { id: string; channel: 'sms' | 'email'; to: string } | undefined
}

export async function contactOf(
  tx: Read,
  call: Call,
  personId: string,
  codeId: string | undefined,
): Promise<ContactView> {
  const { house, town } = call
  const { crypto } = house
  const left = await leftOutOf(tx, crypto, personId)
  const answered = await kindsByConsent(tx)
  const asked = optionalKinds.filter(kind => !answered.has(kind))
  const code = codeId === undefined ? undefined : await codeUnderWay(tx, house, personId, codeId)
  return {
    phones: await phonesOf(tx, crypto, personId),
    email: await emailOf(tx, crypto, personId),
    channels: (await reachOfPerson(tx, personId)).channels,
    kinds: asked.filter(kind => !left.has(kind)),
    asked,
    hasEmail: town.isDemo || (await providersOf(tx)).some(each => each.channel === 'email' && each.isOn),
    code: code && codeId ? { id: codeId, ...code } : undefined,
  }
}
