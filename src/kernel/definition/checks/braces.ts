import { IntlMessageFormat } from 'intl-messageformat'
import { formatMessage } from '../../../lib/texts.ts'

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** Nothing but names in braces, which is what most messages have: read without the machinery of plurals. */
const plain = /^[^{}'#]*(?:\{\w+\}[^{}'#]*)*$/

/** A message with its values; plain ones are filled without compiling them. */
export const fillIn = (
  message: string,
  locale: 'ar' | 'en',
  values: Readonly<Record<string, string>>,
): string =>
  plain.test(message)
    ? message.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
    : formatMessage(message, locale, values)

/** The variables of an ICU message; undefined when its braces do not match. */
export function namesIn(message: string): Set<string> | undefined {
  if (plain.test(message)) return new Set([...message.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))
  try {
    return collect(new IntlMessageFormat(message, 'ar', undefined, { ignoreTag: true }).getAst(), new Set())
  } catch {
    return undefined
  }
}

function collect(elements: readonly Element[], names: Set<string>): Set<string> {
  for (const element of elements) {
    // 0 is plain text and 7 the `#` of a plural; every other element names a variable.
    if (element.type !== 0 && element.type !== 7) names.add(element.value)
    if ('options' in element) {
      for (const option of Object.values(element.options))
        collect((option as { value: Element[] }).value, names)
    }
  }
  return names
}

/** Whether two texts name the same; true where one of them cannot be read, which is said elsewhere. */
export const sameNames = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean =>
  !a || !b || (a.size === b.size && [...a].every(name => b.has(name)))

const brace = /\{([^{}]*)\}/g

/** The names in braces of a document's text: `{place}`, `{decision.committee}`; undefined when its braces do not match. */
export function namesInBody(text: string): Set<string> | undefined {
  if (/[{}]/.test(text.replace(brace, ''))) return undefined
  return new Set([...text.matchAll(brace)].map(([, name = '']) => name.trim()))
}
