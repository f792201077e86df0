import { isId } from '../../../../lib/ids.ts'
import type { DeliveryReport, IncomingText } from '../model.ts'
import { asRef } from '../refs.ts'
import { failureOf } from '../smpp/receipts.ts'

/** Kinds of reports as Kannel counts them in `dlr-mask`. */
const kinds = { delivered: '1', failed: '2', queued: '4', taken: '8', refused: '16' } as const

/** Reads the call of a `dlr-url` of ours; undefined where it is none. */
export function readKannelReport(
  fields: Readonly<Record<string, string>>,
  hardErrors: readonly string[],
  at: Date,
): DeliveryReport | undefined {
  const { ref = '', kind = '', answer = '', to } = fields
  const messageId = /^(.+)\.\d{1,3}$/.exec(ref)?.[1] ?? ''
  if (!isId(messageId) || !Object.values<string>(kinds).includes(kind)) return undefined
  const report = { ref, messageId, to: to && /^\+\d{6,15}$/.test(to.trim()) ? to.trim() : undefined, at }
  if (kind === kinds.delivered) return { ...report, state: 'delivered' }
  if (kind === kinds.queued || kind === kinds.taken) return { ...report, state: 'accepted' }
  if (kind === kinds.refused) return { ...report, state: 'failed', failure: refused(answer) }
  const word = (name: string) => new RegExp(`(?:^|\\s)${name}:(\\S{1,64})`, 'i').exec(answer)?.[1]
  return {
    ...report,
    state: 'failed',
    failure: failureOf(word('stat') ?? 'UNDELIV', word('err'), hardErrors),
  }
}

/** `NACK/0x0000000b/Invalid Destination Address`: the network knows no such number. */
function refused(answer: string): NonNullable<DeliveryReport['failure']> {
  const hard = /0x0000000b/i.test(answer)
  return { code: hard ? 'wrong-number' : 'rejected', hard, detail: answer.slice(0, 80) }
}

/**
 * Reads the call of a `get-url` as the guide gives it, from the query as it came: Kannel writes a text in the bytes of its own charset,
 * which it names beside it.
 */
export function readKannelText(query: string, at: Date): IncomingText | undefined {
  const fields = new Map(
    query
      .replace(/^\?/, '')
      .split('&')
      .map(pair => {
        const [name = '', value = ''] = pair.split('=', 2)
        return [name, bytesOf(value)] as const
      }),
  )
  const word = (name: string) => (fields.get(name) ?? Buffer.alloc(0)).toString('utf8').trim()
  const text = decoded(fields.get('text') ?? Buffer.alloc(0), word('charset').toUpperCase())
  const [from, to, ref] = [word('from'), word('to'), asRef(word('ref'))]
  return from && ref ? { ref, from, to, text, at } : undefined
}

const bytesOf = (value: string): Buffer =>
  Buffer.from(
    value
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

function decoded(bytes: Buffer, charset: string): string {
  if (charset === 'UTF-16BE' || charset === 'UCS-2')
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le')
  if (charset === 'WINDOWS-1252') return new TextDecoder('windows-1252').decode(bytes)
  return bytes.toString('utf8')
}
