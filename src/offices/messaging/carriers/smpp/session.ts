import { isIP } from 'node:net'
import smpp, { type Fields, type PDU } from 'smpp'
import type { Failure } from '../model.ts'
import type { CarrierSecret, SmppSettings } from '../settings.ts'

/** What became of something submitted: answered, written but never answered, or surely never written. */
export type Answer =
  | { kind: 'answered'; status: number; id: string }
  | { kind: 'lost'; why: string }
  | { kind: 'unsent' }

/** One connection that is bound, as long as it lasts. */
export type Session = {
  /** `late` hears the answer that comes after it was given up. */
  submit(fields: Fields, late: (id: string) => void): Promise<Answer>
  /** Whether the other end still answers. */
  alive(): Promise<boolean>
  /** Takes leave: what is under way is waited for, then unbound. */
  end(): Promise<void>
  /** Why it is over, once it is. */
  readonly ended: Promise<string>
}

type Waiting = { resolve: (answer: Answer) => void; until: number }

export type Bound = { ok: true; session: Session } | { ok: false; reason: Failure; detail: string }

/** Takes what the SMSC hands us; the status it is answered with. `unanswered` where the line was gone by then. */
export type Deliver = (pdu: PDU) => Promise<{ status: number; unanswered?: () => void }>

const bindMs = 10_000
/** How often those who wait for an answer are looked at. */
const lookMs = 250
const leaveMs = 3_000
const errorNames = new Map(Object.entries(smpp.errors).map(([name, status]) => [status, name]))
/** The standard's name of a status. */
export const statusName = (status: number): string => errorNames.get(status) ?? `0x${status.toString(16)}`

const refusedToUs = new Set(['ESME_RINVPASWD', 'ESME_RINVSYSID', 'ESME_RBINDFAIL', 'ESME_RINVSYSTYP'])

/** Connects and binds as transceiver. Never throws. */
export function bind(settings: SmppSettings, secret: CarrierSecret, deliver: Deliver): Promise<Bound> {
  const { host, port, tls, ca } = settings
  const line = smpp.connect({
    host,
    port,
    tls,
    noDelay: true,
    ...(ca ? { ca } : {}),
    ...(isIP(host) ? {} : { servername: host }),
  })
  const pending = new Set<Waiting>()
  let over = ''
  const ended = Promise.withResolvers<string>()
  const fall = (why: string) => {
    over ||= why
    line.destroy()
  }
  // The library leaves those who wait for an answer waiting for ever.
  line.on('close', () => {
    over ||= 'closed'
    for (const waiting of pending) settle(waiting, { kind: 'lost', why: over })
    ended.resolve(over)
  })
  line.on('error', (error: Error) => fall(error.message))
  line.on('enquire_link', (pdu: PDU) => line.send(pdu.response()))
  line.on('unknown', (pdu: PDU) => line.send(pdu.response()))
  line.on('unbind', (pdu: PDU) => {
    over ||= 'unbound'
    line.send(pdu.response())
    line.close()
  })
  for (const command of ['deliver_sm', 'data_sm'])
    line.on(command, (pdu: PDU) => {
      deliver(pdu)
        .catch(() => ({ status: smpp.errors.ESME_RX_T_APPN ?? 0x64, unanswered: undefined }))
        .then(({ status, unanswered }) => {
          if (over || !line.send(pdu.response({ command_status: status }))) unanswered?.()
        })
    })

  /** What is asked in one breath leaves in one piece: a call of the system for each costs as much as all the rest. */
  let corked = false
  function together(): void {
    if (corked) return
    corked = true
    line.socket.cork()
    process.nextTick(() => {
      corked = false
      line.socket.uncork()
    })
  }

  function settle(waiting: Waiting, answer: Answer): boolean {
    if (!pending.delete(waiting)) return false
    waiting.resolve(answer)
    return true
  }

  /** One question with an end to its patience. */
  function ask(
    put: (answered: (pdu: PDU) => void) => boolean,
    patienceMs: number,
    late?: (id: string) => void,
  ): Promise<Answer> {
    return new Promise(resolve => {
      const waiting = { resolve, until: performance.now() + patienceMs }
      pending.add(waiting)
      together()
      const answered = ({ command_status: status, message_id: id = '' }: PDU) => {
        if (!settle(waiting, { kind: 'answered', status, id }) && status === 0 && id !== '') late?.(id)
      }
      if (over || !put(answered)) settle(waiting, { kind: 'unsent' })
    })
  }

  const answerMs = settings.answerSeconds * 1000
  const alive = async () =>
    (await ask(answered => line.enquire_link({}, answered), answerMs)).kind === 'answered'
  const session: Session = {
    ended: ended.promise,
    alive,
    submit: (fields, late) => ask(answered => line.submit_sm(fields, answered), answerMs, late),
    async end() {
      await Promise.race([whenQuiet(pending), ended.promise, later(answerMs)])
      await ask(answered => line.unbind({}, answered), leaveMs)
      over ||= 'left'
      line.close()
      await Promise.race([ended.promise, later(leaveMs)])
      line.destroy()
    },
  }

  const watch = setInterval(async () => {
    if (!(await alive())) fall('enquire_link unanswered')
  }, settings.enquireSeconds * 1000)
  // One clock for all who wait: a timer for each costs as much as its question.
  const patience = setInterval(() => {
    const now = performance.now()
    for (const waiting of pending)
      if (waiting.until <= now) settle(waiting, { kind: 'lost', why: 'no answer' })
  }, lookMs)
  watch.unref()
  patience.unref()
  ended.promise.then(() => {
    clearInterval(watch)
    clearInterval(patience)
  })

  return new Promise(resolve => {
    const binding = setTimeout(() => fall('no answer to bind'), bindMs)
    ended.promise.then(why => resolve({ ok: false, reason: 'no-connection', detail: why }))
    line.once(tls ? 'secureConnect' : 'connect', () => {
      const who = { system_id: secret.user, password: secret.password, system_type: settings.systemType }
      line.bind_transceiver({ ...who, interface_version: 0x34 }, pdu => {
        clearTimeout(binding)
        if (pdu.command_status === 0) return resolve({ ok: true, session })
        const detail = statusName(pdu.command_status)
        fall(detail)
        resolve({ ok: false, reason: refusedToUs.has(detail) ? 'not-authorised' : 'no-connection', detail })
      })
    })
    ended.promise.then(() => clearTimeout(binding))
  })
}

const later = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms).unref())

async function whenQuiet(pending: ReadonlySet<unknown>): Promise<void> {
  while (pending.size > 0) await later(20)
}
