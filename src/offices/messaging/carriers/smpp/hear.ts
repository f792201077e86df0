import { createHash, randomUUID } from 'node:crypto'
import type { PDU } from 'smpp'
import type { DeliveryReport, Ground, Listener } from '../model.ts'
import type { SmppSettings } from '../settings.ts'
import { joiner } from './joiner.ts'
import { isReceipt, readReceipt } from './receipts.ts'
import type { Deliver } from './session.ts'

const taken = 0
/** «Temporary error, hand it over again»: what could not be written down stays with the SMSC. */
const later = 0x64
const mostText = 10_000
const mostRemembered = 1_000

type Waiting = { report: DeliveryReport; done: (status: number) => void }

/** Takes in what an SMSC hands over: receipts in batches as wide as the writing is slow, texts one by one. */
export function hearing(
  settings: Pick<SmppSettings, 'ids' | 'hardErrors'>,
  listener: Listener,
  ground: Pick<Ground, 'now' | 'say'>,
): { deliver: Deliver; report(report: DeliveryReport): void; close(): Promise<void> } {
  let waiting: Waiting[] = []
  let writing = false
  const open = new Set<Promise<unknown>>()

  const write = async () => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const status = await listener.report(batch.map(({ report }) => report)).then(
        () => taken,
        (error: unknown) => {
          ground.say('reports not written', String(error))
          return later
        },
      )
      for (const { done } of batch) done(status)
    }
    writing = false
  }
  const report = (what: DeliveryReport): Promise<number> =>
    new Promise(done => {
      waiting.push({ report: what, done })
      if (writing) return
      writing = true
      void write()
    })

  /** References of texts whose answer never reached the SMSC: it hands them over again, and they are the same texts. */
  const unanswered = new Map<string, string>()
  async function incoming(pdu: PDU, text: string): ReturnType<Deliver> {
    const told = [pdu.source_addr ?? '', pdu.destination_addr ?? '', text.slice(0, mostText)] as const
    const [from, to, bounded] = told
    const likeness = createHash('sha256').update(JSON.stringify(told)).digest('base64')
    const ref = unanswered.get(likeness) ?? randomUUID()
    unanswered.delete(likeness)
    const keep = () => {
      if (unanswered.size >= mostRemembered) unanswered.clear()
      unanswered.set(likeness, ref)
    }
    const digits = /^\d{8,15}$/.test(from) && pdu.source_addr_ton === 1 ? `+${from}` : from
    try {
      await listener.incoming({ ref, from: digits, to, text: bounded, at: ground.now() })
      return { status: taken, unanswered: keep }
    } catch (error) {
      ground.say('text not written', String(error))
      keep()
      return { status: later }
    }
  }
  const track = <T>(work: Promise<T>): Promise<T> => {
    open.add(work)
    return work.finally(() => open.delete(work))
  }
  const parts = joiner((pdu, text) => void track(incoming(pdu, text)))

  return {
    report: what => void track(report(what)),
    async deliver(pdu) {
      if (isReceipt(pdu)) {
        const read = readReceipt(pdu, settings, ground.now())
        return { status: read ? await track(report(read)) : taken }
      }
      const whole = parts.take(pdu)
      if (!whole) return { status: taken }
      const answer = await track(incoming(pdu, whole.text))
      if (answer.status === taken) whole.done()
      return answer
    },
    async close() {
      parts.flush()
      await Promise.allSettled([...open])
    },
  }
}
