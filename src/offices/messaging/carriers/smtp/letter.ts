import { Readable } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { CarrierSecret, SmtpSettings } from '../settings.ts'

export type Letter = { id: string; to: string; subject: string; text: string }

export type SmtpError = Error & {
  code?: string | undefined
  command?: string | undefined
  responseCode?: number | undefined
  /** The server's words, its code first. */
  response?: string | undefined
}

/** Where a letter stopped; `begun` once its words were on their way. */
export type Posted = { ok: true } | { ok: false; begun: boolean; error: SmtpError }

/** The settings of a connection of its own. */
export async function openLine(settings: SmtpSettings): Promise<SMTPConnection> {
  const { host, port, tls, ca, answerSeconds } = settings
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  const patience = answerSeconds * 1000
  return new SMTPConnection({
    host,
    port,
    secure: tls === 'always',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(ca && { tls: { ca } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  })
}

/** Connects and logs in, and no more. */
export function greet(
  line: SMTPConnection,
  secret: CarrierSecret,
  ready: () => void,
  failed: (e: SmtpError) => void,
) {
  line.on('error', failed)
  line.once('end', () => failed(new Error('closed')))
  line.connect(error => {
    if (error) return failed(error)
    if (!secret.user) return ready()
    line.login({ user: secret.user, pass: secret.password }, wrong => (wrong ? failed(wrong) : ready()))
  })
}

/**
 * Posts a letter over a connection of its own. The library's own transports do not tell whether a line was lost before or after the words
 * went out; the words are read from us only once the server has asked for them.
 */
export async function post(settings: SmtpSettings, secret: CarrierSecret, letter: Letter): Promise<Posted> {
  let begun = false
  const words = (raw: Buffer) =>
    new Readable({
      read() {
        begun = true
        this.push(raw)
        this.push(null)
      },
    })
  const line = await openLine(settings)
  try {
    const raw = await compose(settings, letter)
    await new Promise<void>((sent, failed) => {
      greet(
        line,
        secret,
        () =>
          line.send({ from: settings.from, to: [letter.to] }, words(raw), error =>
            error ? failed(error) : sent(),
          ),
        failed,
      )
    })
    line.quit()
    return { ok: true }
  } catch (error) {
    line.close()
    return { ok: false, begun, error: error as SmtpError }
  }
}

async function compose(settings: SmtpSettings, letter: Letter): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  return new MailComposer({
    from: { name: settings.fromName, address: settings.from },
    to: { name: '', address: letter.to },
    subject: letter.subject,
    messageId: letter.id,
    text: letter.text,
    html: asPage(letter.text),
    headers: { 'Auto-Submitted': 'auto-generated' },
    textEncoding: 'base64',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The same words with each paragraph in its own direction, for readers that show plain text from the left. */
const asPage = (text: string): string =>
  text
    .replace(/[&<>"]/g, sign => escapes[sign] ?? sign)
    .split(/\n{2,}/)
    .map(paragraph => `<p dir="auto">${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('')
