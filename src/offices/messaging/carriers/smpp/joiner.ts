import type { PDU } from 'smpp'
import { textOf } from './receipts.ts'

/** Which part of which long text this is, by its header or its TLVs. */
type Place = { joint: number; total: number; at: number }
type Held = { texts: (string | undefined)[]; timer: NodeJS.Timeout }

/** How long the missing parts of a text are waited for, and how many texts and parts are waited for at once. */
const patienceMs = 60_000
const mostTexts = 1_000
const mostParts = 20

export type Joiner = {
  /**
   * The whole text once this part completes it. Its parts are kept until it is `done`: where it could not be written down the SMSC hands over
   * the last of them again, and only that.
   */
  take(pdu: PDU): { text: string; done(): void } | undefined
  /** Gives up waiting: what came of each text is handed on. */
  flush(): void
}

/**
 * Joins the parts of long texts. Parts wait in memory, since an SMSC hands over the next only once the last is answered; a text whose
 * parts do not all come is handed on as far as it came.
 */
export function joiner(incomplete: (pdu: PDU, text: string) => void): Joiner {
  const held = new Map<string, Held & { give: () => void }>()
  return {
    take(pdu) {
      const place = placeOf(pdu)
      const text = textOf(pdu)
      if (!place) return { text, done() {} }
      const key = JSON.stringify([pdu.source_addr, pdu.destination_addr, place.joint, place.total])
      let long = held.get(key)
      if (!long) {
        if (held.size >= mostTexts) held.values().next().value?.give()
        const texts = new Array<string | undefined>(place.total).fill(undefined)
        const give = () => {
          held.delete(key)
          clearTimeout(timer)
          incomplete(pdu, texts.map(part => part ?? '…').join(''))
        }
        const timer = setTimeout(give, patienceMs).unref()
        long = { texts, timer, give }
        held.set(key, long)
      }
      long.texts[place.at - 1] = text
      long.timer.refresh()
      if (long.texts.includes(undefined)) return undefined
      const { texts, timer } = long
      return {
        text: texts.join(''),
        done() {
          clearTimeout(timer)
          held.delete(key)
        },
      }
    },
    flush() {
      for (const { give } of [...held.values()]) give()
    },
  }
}

function placeOf(pdu: PDU): Place | undefined {
  const place = fromHeader(pdu.short_message?.udh ?? []) ?? fromTlvs(pdu)
  const { total = 0, at = 0 } = place ?? {}
  return total > 1 && total <= mostParts && at >= 1 && at <= total ? place : undefined
}

/** Element 0 counts texts in one byte, element 8 in two. */
function fromHeader(elements: readonly Buffer[]): Place | undefined {
  for (const element of elements) {
    if (element[0] === 0 && element.length >= 5)
      return { joint: element.readUInt8(2), total: element.readUInt8(3), at: element.readUInt8(4) }
    if (element[0] === 8 && element.length >= 6)
      return { joint: element.readUInt16BE(2), total: element.readUInt8(4), at: element.readUInt8(5) }
  }
  return undefined
}

const fromTlvs = (pdu: PDU): Place | undefined =>
  pdu.sar_msg_ref_num === undefined
    ? undefined
    : { joint: pdu.sar_msg_ref_num, total: pdu.sar_total_segments ?? 0, at: pdu.sar_segment_seqnum ?? 0 }
