import { inLocale, type Locale } from '../../../lib/localized.ts'
import { readable } from '../../../lib/sms/index.ts'
import { formatMessage, type TextValue } from '../../../lib/texts.ts'
import type { Subject, SubjectName } from './subject.ts'
import type { FilledBy } from './vocabulary.ts'

/** Each name with the words it is shown by while a text is written; two of the same words are told apart by their names. */
export function labelsOf(names: readonly SubjectName[], locale: Locale): Map<string, string> {
  const taken = new Set<string>()
  return new Map(
    names.map(({ name, label }) => {
      const words = inLocale(label, locale).replace(/[{}]/g, '').trim()
      const shown = words === '' || taken.has(words) ? name : words
      taken.add(shown)
      return [name, shown]
    }),
  )
}

/** `{number}` as `{رقم الطلب}`: people write and read names as they call them. */
export const withLabels = (body: string, labels: ReadonlyMap<string, string>): string =>
  body.replace(/\{\s*([A-Za-z][\w-]*)\s*\}/g, (whole, name: string) => {
    const label = labels.get(name)
    return label === undefined ? whole : `{${label}}`
  })

/** And back to the names the definition knows. */
export function withNames(body: string, labels: ReadonlyMap<string, string>): string {
  const byLabel = new Map([...labels].map(([name, label]) => [label, name]))
  return body.replace(/\{([^{}]+)\}/g, (whole, label: string) => {
    const name = byLabel.get(label.trim())
    return name === undefined ? whole : `{${name}}`
  })
}

/** A piece of a filled text: written out, or filled in under a name. `sample`: nothing real was there to fill it with. */
export type Piece = { text: string; name?: string; by?: FilledBy; sample?: boolean }

const [open, middle, close] = ['\ue000', '\ue001', '\ue002']

/**
 * A text filled with what a request holds, and with samples for the rest, as the pieces it is made of. The pieces joined are the message as
 * it would be sent.
 */
export function piecesOf(
  body: string,
  { names }: Pick<Subject, 'names'>,
  real: Readonly<Record<string, string>> = {},
): Piece[] {
  const byName = new Map(names.map(each => [each.name, each]))
  const isReal = (name: string) => (real[name] ?? '') !== ''
  const values = names.map(({ name, sample }) => {
    // A count stays a number: the words around it follow it.
    if (typeof sample === 'number') return [name, sample]
    return [name, `${open}${name}${middle}${isReal(name) ? real[name] : readable(sample)}${close}`]
  })
  const filled = filledOr(body, Object.fromEntries(values))
  return filled
    .split(/(\ue000[^\ue000-\ue002]*\ue001[^\ue000-\ue002]*\ue002)/)
    .filter(text => text !== '')
    .map((text): Piece => {
      const filled = /^\ue000([^\ue001]*)\ue001([^\ue002]*)\ue002$/.exec(text)
      if (!filled) return { text }
      const [, name = '', value = ''] = filled
      return { text: value, name, by: byName.get(name)?.by ?? 'town', sample: !isReal(name) }
    })
}

/** A text that names what is not known any more stays as it is written. */
function filledOr(body: string, values: Readonly<Record<string, TextValue>>): string {
  try {
    return formatMessage(body, 'ar', values)
  } catch {
    return body
  }
}

export const joinPieces = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')
