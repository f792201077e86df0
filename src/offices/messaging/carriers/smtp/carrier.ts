import { createTransport } from 'nodemailer'
import { gate } from '../gate.ts'
import type { Carrier, Failure, HandedOver, Outgoing } from '../model.ts'
import type { CarrierSecret, SmtpSettings } from '../settings.ts'

/** A mail server. Each letter is handed over in a connection of its own: a connection that is shared may hand one over twice when it breaks. */
export function smtpCarrier(settings: SmtpSettings, secret: CarrierSecret): Carrier {
  const { host, port, tls, ca } = settings
  const patience = settings.answerSeconds * 1000
  const through = gate(settings.window)
  const transport = createTransport({
    ...{ host, port, secure: tls === 'always', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' },
    ...(ca && { tls: { ca } }),
    ...(secret.user && { auth: { user: secret.user, pass: secret.password } }),
    ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  const domain = settings.from.split('@')[1] ?? 'localhost'

  async function send(message: Outgoing): Promise<HandedOver> {
    const ref = `<${message.messageId}@${domain}>`
    try {
      await transport.sendMail({
        from: { name: settings.fromName, address: settings.from },
        ...{ to: { name: '', address: message.to }, subject: message.subject ?? '', messageId: ref },
        ...{
          text: message.text,
          html: asPage(message.text),
          headers: { 'Auto-Submitted': 'auto-generated' },
        },
      })
      return { outcome: 'accepted', refs: [ref] }
    } catch (error) {
      return notSent(error as SmtpError)
    }
  }

  return {
    window: settings.window,
    // A letter handed over twice has the same id, but letter boxes show it twice all the same.
    repeatable: false,
    send: message => through(() => send(message)),
    async check() {
      try {
        await transport.verify()
        return { up: true }
      } catch (error) {
        const { code, message } = error as SmtpError
        const reason: Failure = code === 'EAUTH' ? 'not-authorised' : 'no-connection'
        return { up: false, reason, detail: message.slice(0, 80) }
      }
    },
    close: async () => transport.close(),
  }
}

type SmtpError = Error & { code?: string; command?: string; responseCode?: number }

/** Before the text itself is sent nothing can have reached anybody. */
function notSent(error: SmtpError): HandedOver {
  const { code, command = '', responseCode = 0 } = error
  const detail = [responseCode || code, command].filter(Boolean).join(' ')
  const refused = (failure: Failure, cause: 'message' | 'carrier' | 'throttled'): HandedOver => ({
    ...{ outcome: 'refused', failure, cause, detail },
  })
  if (code === 'EAUTH') return refused('not-authorised', 'carrier')
  if (responseCode === 421) return refused('carrier-trouble', 'carrier')
  if (responseCode >= 400 && responseCode < 500) return refused('throttled', 'throttled')
  if (responseCode >= 500 && command === 'RCPT TO') return refused('wrong-address', 'message')
  if (responseCode >= 500 && command === 'MAIL FROM') return refused('sender-refused', 'carrier')
  if (responseCode >= 500) return refused('message-refused', 'message')
  if (code === 'EENVELOPE') return refused('wrong-address', 'message')
  if (['CONN', 'EHLO', 'HELO', 'STARTTLS', 'MAIL FROM', 'RCPT TO'].includes(command) || code === 'EDNS')
    return refused('no-connection', 'carrier')
  return { outcome: 'uncertain', failure: 'answer-lost', refs: [], detail }
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The same words with each paragraph in its own direction, for readers that show plain text from the left. */
const asPage = (text: string): string =>
  text
    .replace(/[&<>"]/g, sign => escapes[sign] ?? sign)
    .split(/\n{2,}/)
    .map(paragraph => `<p dir="auto">${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('')
