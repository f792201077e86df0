import type { PDU } from 'smpp'
import type { DeliveryReport, Failure } from '../model.ts'
import { asRef } from '../refs.ts'
import type { SmppSettings } from '../settings.ts'

/** `esm_class`: a receipt of the SMSC, or word of a message still on its way. */
const receiptBits = 0x3c
const isReceiptClass = (bits: number) => bits === 0x04 || bits === 0x20

/**
 * Whether an SMSC speaks of a message of ours rather than hands over somebody's text. Only by what the SMSC itself marks: a text that
 * merely reads like a receipt may have been typed on a telephone.
 */
export const isReceipt = (pdu: PDU): boolean =>
  isReceiptClass((pdu.esm_class ?? 0) & receiptBits) || pdu.receipted_message_id !== undefined

const byNumber: Record<number, string> = {
  1: 'ENROUTE',
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  7: 'UNKNOWN',
  8: 'REJECTD',
  9: 'SKIPPED',
}
const failures: Record<string, Failure> = {
  EXPIRED: 'expired',
  DELETED: 'deleted',
  UNDELIV: 'undeliverable',
  REJECTD: 'rejected',
  SKIPPED: 'undeliverable',
}

/** The text of a message as the library parsed it; bytes it could not read are taken letter by letter. */
export function textOf(pdu: PDU): string {
  const read = (parsed: PDU['short_message']) =>
    Buffer.isBuffer(parsed?.message) ? parsed.message.toString('latin1') : (parsed?.message ?? '')
  return read(pdu.short_message) || read(pdu.message_payload)
}

/** Reads a receipt, from its TLVs where it has them, else from its text; nothing where it names no message. */
export function readReceipt(
  pdu: PDU,
  settings: Pick<SmppSettings, 'ids' | 'hardErrors'>,
  at: Date,
): DeliveryReport | undefined {
  const text = textOf(pdu)
  const word = (name: string) => new RegExp(`(?:^|\\s)${name}:\\s*([^\\s]{1,64})`, 'i').exec(text)?.[1]
  const raw = pdu.receipted_message_id?.replace(/\0.*$/s, '') || word('id')
  if (!raw) return undefined
  const stat = byNumber[pdu.message_state ?? -1] ?? word('stat')?.toUpperCase().slice(0, 7) ?? ''
  const error = word('err') ?? networkError(pdu.network_error_code)
  const digits = /^\+?\d{6,15}$/.exec(pdu.source_addr ?? '')?.[0].replace('+', '')
  const report = { ref: refOf(raw, settings.ids, 'report'), to: digits ? `+${digits}` : undefined, at }
  if (stat.startsWith('DELIVR')) return { ...report, state: 'delivered' }
  // On its way, taken, or not known to the SMSC itself: nothing new is known of it.
  if (!Object.hasOwn(failures, stat)) return { ...report, state: 'accepted' }
  return { ...report, state: 'failed', failure: failureOf(stat, error, settings.hardErrors) }
}

/** Why a message reached nobody, from the network's word and its error number; `hardErrors` are those of a number there is not. */
export function failureOf(
  stat: string,
  error: string | undefined,
  hardErrors: readonly string[],
): NonNullable<DeliveryReport['failure']> {
  const word = stat.toUpperCase().slice(0, 7)
  const code = failures[word] ?? 'undeliverable'
  const hard = error !== undefined && code !== 'expired' && hardErrors.some(same(error))
  const detail = [word, error].filter(Boolean).join(' ')
  return { code: hard ? 'unknown-subscriber' : code, hard, detail }
}

const plain = (code: string) => code.replace(/^0+(?=.)/, '').toLowerCase()
const same = (error: string) => (listed: string) => plain(listed) === plain(error)

/** Type of the network in the first byte, its error in the other two. */
const networkError = (bytes: Buffer | undefined): string | undefined =>
  Buffer.isBuffer(bytes) && bytes.length >= 3 ? String(bytes.readUInt16BE(1)) : undefined

/** An id as both the answer and the receipt come to it, however each writes it. */
export function refOf(raw: string, ids: SmppSettings['ids'], where: 'answer' | 'report'): string {
  const id = asRef(raw)
  if (ids === 'same') return id.toLowerCase()
  const hex = ids === `${where}-hex`
  if (!(hex ? /^[0-9a-f]{1,32}$/i : /^\d{1,39}$/).test(id)) return id.toLowerCase()
  return BigInt(hex ? `0x${id}` : id).toString()
}
