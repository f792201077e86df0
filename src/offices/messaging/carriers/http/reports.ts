import { isId } from '../../../../lib/ids.ts'
import { parsePhone } from '../../../../lib/phone.ts'
import type { DeliveryReport, IncomingText } from '../model.ts'
import { asRef } from '../refs.ts'
import type { DescribedSettings } from '../settings.ts'

type Field = (name: string) => string

const longest = 100

/** Reads a report as the settings describe it; undefined where they describe none, or it names no message. */
export function readHttpReport(
  { reports }: DescribedSettings,
  field: Field,
  at: Date,
): DeliveryReport | undefined {
  if (!reports) return undefined
  const ref = asRef(field(reports.ref))
  const id = field(reports.id)
  const messageId = isId(id) ? id : undefined
  if (!ref && !messageId) return undefined
  const phone = parsePhone(field(reports.to))
  const report = { ref, messageId, to: phone.ok ? phone.value.e164 : undefined, at }
  const state = field(reports.state).trim()
  if (reports.delivered.includes(state)) return { ...report, state: 'delivered' }
  const hard = reports.hard.includes(state)
  if (!hard && !reports.failed.includes(state)) return { ...report, state: 'accepted' }
  const code = hard ? 'unknown-subscriber' : 'undeliverable'
  return { ...report, state: 'failed', failure: { code, hard, detail: state.slice(0, longest) } }
}

/** Reads a text as the settings describe it. One without a reference gets a new one, and cannot be told from the same sent twice. */
export function readHttpText(
  { incoming, sender }: DescribedSettings,
  field: Field,
  fresh: { at: Date; ref: string },
): IncomingText | undefined {
  if (!incoming) return undefined
  const phone = parsePhone(field(incoming.from))
  const text = field(incoming.text)
  if (!phone.ok || text === '') return undefined
  const ref = asRef(field(incoming.ref)) || fresh.ref
  return { ref, from: phone.value.e164, to: field(incoming.to).slice(0, 40) || sender, text, at: fresh.at }
}
