import { splitSms } from '../../../../lib/sms/index.ts'
import { gate } from '../gate.ts'
import { type Called, callAddress, handedTo } from '../http/call.ts'
import type { Carrier, Ground, HandedOver, Outgoing } from '../model.ts'
import type { CarrierSecret, KannelSettings } from '../settings.ts'

/** Reports that are wanted: delivered, not delivered, taken by the SMSC, refused by it. */
const reportMask = '27'

/**
 * Kannel's `sendsms`. Parts are cut here and each asks for its own reports, which name our id: a part whose answer was lost is known again
 * by them.
 */
export function kannelCarrier(settings: KannelSettings, secret: CarrierSecret, ground: Ground): Carrier {
  const through = gate(settings.window)
  const answerMs = settings.answerSeconds * 1000
  const who = { username: secret.user, password: secret.password }
  let joint = 0

  const ask = (fields: Record<string, string>): Promise<Called> =>
    callAddress({ url: settings.url, method: 'GET', fields: { ...who, ...fields }, answerMs })

  async function send(message: Outgoing): Promise<HandedOver> {
    const { encoding, parts } = splitSms(message.text)
    // Below 128, since an address holds its bytes as UTF-8.
    joint = (joint + 1) % 128
    const refs: string[] = []
    for (const [at, text] of parts.entries()) {
      const ref = partRef(message.messageId, at + 1)
      const handed = readAnswer(
        await ask({
          from: settings.sender,
          to: message.to,
          text,
          charset: 'UTF-8',
          coding: encoding === 'GSM-7' ? '0' : '2',
          ...(parts.length > 1 && { udh: String.fromCharCode(5, 0, 3, joint, parts.length, at + 1) }),
          ...(settings.smsc && { smsc: settings.smsc }),
          ...(message.validUntil && { validity: minutesLeft(message.validUntil, ground.now()) }),
          ...(ground.reportTo && { 'dlr-mask': reportMask, 'dlr-url': reportUrl(ground.reportTo, ref) }),
        }),
      )
      if (!handed) refs.push(ref)
      else if (refs.length > 0) return { ...handed, outcome: 'uncertain', failure: 'partly-taken', refs }
      else return handed
    }
    return { outcome: 'accepted', refs }
  }

  return {
    window: settings.window,
    repeatable: false,
    send: message => through(() => send(message)),
    async check() {
      // Nobody to send to: Kannel says so, after it looked who asks.
      const called = await ask({})
      if (called.kind !== 'answered') return { up: false, reason: 'no-connection', detail: called.why }
      if (called.status === 403)
        return { up: false, reason: 'not-authorised', detail: called.text.slice(0, 80) }
      if (called.status >= 500)
        return {
          up: false,
          reason: 'carrier-trouble',
          detail: `HTTP ${called.status} ${called.text.slice(0, 80)}`,
        }
      return { up: true }
    },
    close: async () => {},
  }
}

/** Our own name of a part, which its reports bring back. */
export const partRef = (messageId: string, part: number): string => `${messageId}.${part}`

/** Kannel fills in what stands after `%`: kind of report, what the SMSC said, whose it was. */
const reportUrl = (reportTo: string, ref: string): string =>
  `${reportTo}?ref=${encodeURIComponent(ref)}&kind=%d&answer=%A&to=%p`

const minutesLeft = (until: Date, now: Date): string =>
  String(Math.max(1, Math.floor((until.getTime() - now.getTime()) / 60_000)))

/** What became of it where it was not taken. «Queued» is taken: its SMSC is away for the moment. */
function readAnswer(called: Called): Exclude<HandedOver, { outcome: 'accepted' }> | undefined {
  if (called.kind === 'answered') {
    const { status, text } = called
    const detail = text.slice(0, 80)
    if (status === 202 || (status === 200 && /^[03]:/.test(text))) return undefined
    if (/denied by/i.test(text))
      return { outcome: 'refused', failure: 'message-refused', cause: 'message', detail }
    if (status === 400) return { outcome: 'refused', failure: 'carrier-refused', cause: 'carrier', detail }
  }
  const handed = handedTo(called)
  if (handed && handed.outcome !== 'accepted') return handed
  return { outcome: 'uncertain', failure: 'answer-unknown', refs: [] }
}
