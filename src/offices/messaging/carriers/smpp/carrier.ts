import smpp, { type Fields } from 'smpp'
import { gate, pace } from '../gate.ts'
import type { Carrier, Failure, Ground, HandedOver, Listener, Outgoing } from '../model.ts'
import type { CarrierSecret, SmppSettings } from '../settings.ts'
import { wholeOf, wireOf } from './bytes.ts'
import { hearing } from './hear.ts'
import { keepLine } from './line.ts'
import { refOf } from './receipts.ts'
import { bind, statusName } from './session.ts'

const concatenated = 0x40
/** How often a part that comes too soon is tried: the first of a text may go another way, the others may not. */
const mostTries = { first: 4, others: 12 }

/** Statuses that are about the message or about us; all others are the SMSC's trouble. */
const refusals: Record<string, { failure: Failure; cause: 'message' | 'carrier' }> = {
  ESME_RINVDSTADR: { failure: 'wrong-number', cause: 'message' },
  ESME_RINVMSGLEN: { failure: 'message-refused', cause: 'message' },
  ESME_RINVSRCADR: { failure: 'sender-refused', cause: 'carrier' },
  ESME_RINVBNDSTS: { failure: 'no-connection', cause: 'carrier' },
  ESME_RSYSERR: { failure: 'carrier-trouble', cause: 'carrier' },
}

/** An SMSC over one SMPP 3.4 connection, bound as transceiver and kept. Connects at once: it also hears. */
export function smppCarrier(
  settings: SmppSettings,
  secret: CarrierSecret,
  listener: Listener,
  ground: Ground,
): Carrier {
  const ears = hearing(settings, listener, ground)
  const line = keepLine(() => bind(settings, secret, ears.deliver), ground.say)
  const through = gate(settings.window)
  const speed = pace()
  const from = senderOf(settings.sender)

  /** One part, patient while the SMSC says «too many». */
  async function submit(message: Outgoing, fields: Fields, most: number): Promise<Handed> {
    for (let tries = 1; ; tries += 1) {
      await speed.wait()
      const session = await line.now()
      if (!session) return { refused: 'no-connection', cause: 'carrier', detail: line.why().detail }
      const answer = await session.submit(fields, id =>
        ears.report({
          ref: refOf(id, settings.ids, 'answer'),
          messageId: message.messageId,
          to: message.to,
          state: 'accepted',
          at: ground.now(),
        }),
      )
      if (answer.kind === 'unsent') {
        // The line went just then; the next one may stand already.
        if (tries < most) continue
        return { refused: 'no-connection', cause: 'carrier', detail: 'unsent' }
      }
      if (answer.kind === 'lost') return { lost: answer.why }
      if (answer.status === 0) {
        speed.faster()
        return { ref: answer.id ? refOf(answer.id, settings.ids, 'answer') : '' }
      }
      const detail = statusName(answer.status)
      if (!throttled.has(answer.status)) {
        const { failure, cause } = refusals[detail] ?? { failure: 'carrier-refused', cause: 'carrier' }
        return { refused: failure, cause, detail }
      }
      speed.slower()
      if (tries >= most) return { refused: 'throttled', cause: 'throttled', detail }
    }
  }

  async function send(message: Outgoing): Promise<HandedOver> {
    const common = { ...from, ...addressed(message) }
    const refs: string[] = []
    for (const fields of fieldsOf(settings, message.text)) {
      const handed = await submit(
        message,
        { ...common, ...fields },
        refs.length > 0 ? mostTries.others : mostTries.first,
      )
      if ('ref' in handed) refs.push(handed.ref)
      else if ('lost' in handed)
        return { outcome: 'uncertain', failure: 'answer-lost', refs, detail: handed.lost }
      else if (refs.length > 0)
        return { outcome: 'uncertain', failure: 'partly-taken', refs, detail: handed.detail }
      else return { outcome: 'refused', failure: handed.refused, cause: handed.cause, detail: handed.detail }
    }
    return { outcome: 'accepted', refs: refs.filter(Boolean) }
  }

  return {
    window: settings.window,
    repeatable: false,
    send: message => through(() => send(message)),
    async check() {
      const session = await line.probe()
      if (!session) return { up: false, ...line.why() }
      if (await session.alive()) return { up: true }
      return { up: false, reason: 'no-connection', detail: 'enquire_link unanswered' }
    },
    async close() {
      await line.close()
      await ears.close()
    },
  }
}

type Handed =
  | { ref: string }
  | { lost: string }
  | { refused: Failure; cause: 'message' | 'carrier' | 'throttled'; detail: string }

const throttled = new Set([smpp.errors.ESME_RTHROTTLED, smpp.errors.ESME_RMSGQFUL])

/** Kinds of senders: a name in letters, an international number, a short code of the network. */
function senderOf(sender: string): Fields {
  const name = /[^+\d]/.test(sender)
  const short = !sender.startsWith('+') && sender.length <= 8
  return {
    source_addr: sender.replace('+', ''),
    source_addr_ton: name ? 5 : short ? 3 : 1,
    source_addr_npi: name || short ? 0 : 1,
  }
}

const addressed = ({ to, validUntil }: Outgoing): Fields => ({
  destination_addr: to.startsWith('+') ? to.slice(1) : to,
  dest_addr_ton: 1,
  dest_addr_npi: 1,
  registered_delivery: 1,
  ...(validUntil ? { validity_period: validUntil } : undefined),
})

function fieldsOf({ long }: SmppSettings, text: string): Fields[] {
  const { coding, parts } = wireOf(text)
  if (long === 'payload' && parts.length > 1) {
    const whole = wholeOf(text)
    return [{ data_coding: whole.coding, message_payload: whole.body }]
  }
  return parts.map(({ header, body }) =>
    header.length === 0
      ? { data_coding: coding, short_message: body }
      : { data_coding: coding, short_message: Buffer.concat([header, body]), esm_class: concatenated },
  )
}
