import type { AddressInfo } from 'node:net'
import smpp, { type Fields, type PDU, type Session } from 'smpp'
import { afterAll } from 'vitest'

/** A part as it reached the network. */
export type Submitted = {
  id: string
  to: string
  from: string
  /** Decoded; without its header. */
  text: string
  /** Number, count and place of a part of several. */
  udh: readonly number[] | undefined
  coding: number
  fields: PDU
}

/** What the network does with a part: takes it, refuses it with a status, says nothing, or drops the line before it answers. */
type Verdict = 'take' | 'silence' | 'drop' | number

export type Smsc = {
  port: number
  /** Everything that came, in its order; also what was not answered. */
  submitted: Submitted[]
  /** Statuses our answers to its receipts and texts carried. */
  answers: number[]
  sessions(): readonly Session[]
  /** How it treats each part that comes; takes all of them unless told otherwise. */
  treat(verdict: (part: Submitted) => Verdict): void
  /** Answers nothing from now on, whatever it is asked; the line stays. */
  mute(): void
  /** Whether it lets anybody bind. */
  admit(is: boolean): void
  /** Says something to whoever is bound. @returns the status it was answered with */
  deliver(fields: Fields): Promise<number>
  /** A receipt in words, as most networks write them. */
  receipt(part: Submitted, stat: string, err?: string): Promise<number>
  /** What somebody sends to the town. */
  text(from: string, to: string, words: string): Promise<number>
  /** Drops every line. */
  drop(): void
  close(): Promise<void>
}

/** A telephone network of npm `smpp` on a port of its own; ends with the file. */
export async function anSmsc(
  options: { port?: number; id?: (count: number) => string; tls?: { key: string; cert: string } } = {},
): Promise<Smsc> {
  const submitted: Submitted[] = []
  const answers: number[] = []
  let verdictOf: (part: Submitted) => Verdict = () => 'take'
  let admits = true
  let count = 0
  const bound = new Set<Session>()
  let muted = false
  const server = smpp.createServer(options.tls ?? {}, session => {
    session.on('error', () => session.destroy())
    session.on('close', () => bound.delete(session))
    session.on('enquire_link', (pdu: PDU) => muted || session.send(pdu.response()))
    for (const bind of ['bind_transceiver', 'bind_receiver', 'bind_transmitter'])
      session.on(bind, (pdu: PDU) => {
        if (admits && bind !== 'bind_transmitter') bound.add(session)
        session.send(
          pdu.response(admits ? { system_id: 'smsc' } : { command_status: smpp.errors.ESME_RINVPASWD }),
        )
      })
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response())
      session.close()
    })
    session.on('submit_sm', (pdu: PDU) => {
      count += 1
      const part = read(pdu, options.id?.(count) ?? String(count))
      submitted.push(part)
      const verdict = verdictOf(part)
      if (verdict === 'silence' || muted) return
      if (verdict === 'drop') return session.destroy()
      session.send(
        pdu.response(verdict === 'take' ? { message_id: part.id } : { command_status: verdict as number }),
      )
    })
  })
  await new Promise<void>(resolve => server.listen(options.port ?? 0, '127.0.0.1', () => resolve()))

  const drop = () => {
    for (const session of server.sessions) session.destroy()
  }
  const smsc: Smsc = {
    port: (server.address() as AddressInfo).port,
    submitted,
    answers,
    drop,
    sessions: () => server.sessions,
    treat: verdict => {
      verdictOf = verdict
    },
    mute: () => {
      muted = true
    },
    admit: is => {
      admits = is
    },
    deliver: fields =>
      new Promise((resolve, reject) => {
        const [session] = bound
        if (!session) return reject(new Error('nobody is bound'))
        const lost = () => reject(new Error('the line was lost'))
        session.once('close', lost)
        session.deliver_sm(fields, pdu => {
          session.off('close', lost)
          answers.push(pdu.command_status)
          resolve(pdu.command_status)
        })
      }),
    receipt: (part, stat, err = '000') =>
      smsc.deliver({
        source_addr: part.to,
        source_addr_ton: 1,
        source_addr_npi: 1,
        destination_addr: part.from,
        esm_class: 4,
        short_message: Buffer.from(
          `id:${part.id} sub:001 dlvrd:00${stat === 'DELIVRD' ? 1 : 0} submit date:2611220800 done date:2611220801 stat:${stat} err:${err} text:`,
        ),
      }),
    text: (from, to, words) =>
      smsc.deliver({
        source_addr: from.replace('+', ''),
        source_addr_ton: 1,
        source_addr_npi: 1,
        destination_addr: to,
        data_coding: 8,
        short_message: Buffer.from(words, 'utf16le').swap16(),
      }),
    async close() {
      const ended = new Promise<void>(resolve => server.close(() => resolve()))
      drop()
      await ended
    },
  }
  afterAll(async () => {
    if (server.listening) await smsc.close()
  })
  return smsc
}

function read(pdu: PDU, id: string): Submitted {
  const { message = '', udh } = pdu.short_message ?? {}
  const whole = message.length > 0 ? message : (pdu.message_payload?.message ?? '')
  const joint = udh?.find(element => element[0] === 0)
  return {
    id,
    to: pdu.destination_addr ?? '',
    from: pdu.source_addr ?? '',
    coding: pdu.data_coding ?? 0,
    fields: pdu,
    text: Buffer.isBuffer(whole) ? whole.toString('latin1') : whole,
    udh: joint && [...joint.subarray(2, 5)],
  }
}
