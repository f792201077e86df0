import type { Town } from '../../web/town.ts'

export type OutgoingSms = { messageId: string; to: string; text: string }

export type Sent =
  | { ok: true; state: 'sent' | 'delivered'; ref: string }
  /** `again` when a later try may succeed. */
  | { ok: false; failure: string; again: boolean }

/** Whoever carries messages to telephones. */
export type SmsProvider = {
  name: string
  /** True when handing over the same message id twice reaches the person once. */
  repeatable: boolean
  send(sms: OutgoingSms): Promise<Sent>
}

/**
 * The telephones of a demo town: nothing leaves the house, and a message counts as delivered when the row says so. Its pages are
 * `/demo/phone`.
 */
const simulator: SmsProvider = {
  name: 'simulator',
  repeatable: true,
  send: async ({ messageId }) => ({ ok: true, state: 'delivered', ref: messageId }),
}

/** The provider of a town; none until the town has one, and its messages wait. */
export function providerOf(town: Pick<Town, 'isDemo'>): SmsProvider | undefined {
  return town.isDemo ? simulator : undefined
}
