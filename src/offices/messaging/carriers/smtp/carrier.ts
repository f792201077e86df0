import { gate } from '../gate.ts'
import type { Carrier, Failure, HandedOver } from '../model.ts'
import type { CarrierSecret, SmtpSettings } from '../settings.ts'
import { greet, openLine, type Posted, post, type SmtpError } from './letter.ts'

/** A mail server. Each letter is handed over in a connection of its own. */
export function smtpCarrier(settings: SmtpSettings, secret: CarrierSecret): Carrier {
  const through = gate(settings.window)
  const domain = settings.from.split('@')[1] ?? 'localhost'
  return {
    window: settings.window,
    // A letter handed over twice has the same id, but letter boxes show it twice all the same.
    repeatable: false,
    send: ({ messageId, to, subject = '', text }) =>
      through(async () => {
        const id = `<${messageId}@${domain}>`
        if (!oneAddress.test(to))
          return { outcome: 'refused', failure: 'wrong-address', cause: 'message', detail: undefined }
        const posted = await post(settings, secret, { id, to, subject, text })
        return posted.ok ? { outcome: 'accepted', refs: [id] } : notPosted(posted)
      }),
    async check() {
      const line = await openLine(settings)
      try {
        await new Promise<void>((ready, failed) => greet(line, secret, ready, failed))
        line.quit()
        return { up: true }
      } catch (error) {
        line.close()
        const { code, message } = error as SmtpError
        const reason: Failure = code === 'EAUTH' ? 'not-authorised' : 'no-connection'
        return { up: false, reason, detail: message.slice(0, 80) }
      }
    },
    close: async () => {},
  }
}

/** One letter box, not several and nothing beside it. */
const oneAddress = /^[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]{1,190}$/

function notPosted({ begun, error }: Extract<Posted, { ok: false }>): HandedOver {
  const { code, command = '', responseCode = 0, response = '' } = error
  const detail = [responseCode || code, command].filter(Boolean).join(' ')
  const refused = (failure: Failure, cause: 'message' | 'later' | 'carrier' | 'throttled'): HandedOver => ({
    outcome: 'refused',
    failure,
    cause,
    detail,
  })
  if (code === 'EAUTH') return refused('not-authorised', 'carrier')
  if (responseCode === 421) return begun ? lost(detail) : refused('carrier-trouble', 'carrier')
  if (command === 'RCPT TO' && isOfBox(responseCode, response)) return refused('undeliverable', 'later')
  if (responseCode >= 400 && responseCode < 500) return refused('throttled', 'throttled')
  if (responseCode >= 500 && command === 'RCPT TO') return refused('wrong-address', 'message')
  if (responseCode >= 500 && command === 'MAIL FROM') return refused('sender-refused', 'carrier')
  if (responseCode >= 500 && begun) return refused('message-refused', 'message')
  if (responseCode >= 500) return refused('carrier-refused', 'carrier')
  if (begun) return lost(detail)
  return code === 'EENVELOPE' ? refused('wrong-address', 'message') : refused('no-connection', 'carrier')
}

/**
 * Whether a server says of one letter box that it is full, or wants to see whether we come again (RFC 3463 X.2.n, X.7.1): the others are none the
 * worse for it. Without such a status 450 and 452 do; all else is a server that is busy or has no room itself.
 */
function isOfBox(responseCode: number, response: string): boolean {
  const status = /^4\d\d[ -](4\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  if (status) return status.startsWith('4.2.') || status === '4.7.1'
  return responseCode === 450 || responseCode === 452
}

const lost = (detail: string): HandedOver => ({
  outcome: 'uncertain',
  failure: 'answer-lost',
  refs: [],
  detail,
})
