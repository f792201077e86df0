import type { MessageKind } from '../../../kernel/messages/index.ts'
import type { Localized } from '../../../lib/localized.ts'
import { readable } from '../../../lib/sms/index.ts'
import { formatMessage, type TextValue } from '../../../lib/texts.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import { townWords } from './kept.ts'
import type { TemplateUsed } from './model.ts'
import type { VariableName } from './vocabulary.ts'

/** Words an office sends on an occasion of its own; a town may put them otherwise. */
export type OfficeWords<Name extends VariableName = VariableName> = {
  /** The event of its messages and the key of its words: `payments.plan`. */
  key: string
  kind: MessageKind
  /** What the occasion is called where words are written. */
  name: Localized
  variables: readonly Name[]
  /** Names the message is of no use without, such as the code it carries. */
  needs: readonly Name[]
  /** As the product words it, in Arabic. */
  body: string
}

const known = new Map<string, OfficeWords>()

type Declared<Name> = {
  name: Localized
  body: string
  variables?: readonly Name[]
  needs?: readonly Name[]
}

/** An office declares words it sends on an occasion; once, beside its other texts. Without `variables` nothing is filled in. */
export function registerWords<const Name extends VariableName = never>(
  key: string,
  kind: MessageKind,
  { variables = [], needs = [], ...words }: Declared<Name>,
): OfficeWords<Name> {
  const declared: OfficeWords<Name> = { key, kind, variables, needs, ...words }
  known.set(key, declared as unknown as OfficeWords)
  return declared
}

/** Every occasion an office declared, by its key. */
export const registeredWords = (): ReadonlyMap<string, OfficeWords> => known

/** A message in its words: everything `planMessage` needs besides whom it is for. */
export type Worded = { kind: MessageKind; event: string; body: string; template: TemplateUsed }

/**
 * The words of an occasion as the town sends them now, its own or the product's, filled:
 * `planMessage(tx, house, { ...(await worded(tx, house, planAgreed, { amount, date })), personId })`.
 */
export async function worded<Name extends VariableName>(
  tx: Read,
  house: Pick<House, 'database'>,
  words: OfficeWords<Name>,
  values: Readonly<Record<Name, TextValue>>,
): Promise<Worded> {
  const { key, kind } = words
  const own = (await townWords(tx, house)).find(key, tx.now)
  const given = { body: words.body, template: { key, version: 1, from: 'given' as const } }
  const town = own && { body: own.body, template: { key, version: own.version, from: 'town' as const } }
  return {
    kind,
    event: key,
    ...firstFilled(town ? [town, given] : [given], ({ body }) => fillWords(body, values)),
  }
}

/**
 * The first of some words that can be filled. A town's words may name what a service or the product no longer knows: nobody goes untold, and
 * no act is undone, for that; the given words, which come last, are sent.
 */
export function firstFilled<Words extends { body: string }>(
  words: readonly Words[],
  fill: (words: Words) => string,
): Words {
  const given = words.at(-1)
  for (const each of words.slice(0, -1)) {
    try {
      return { ...each, body: fill(each) }
    } catch {
      // Named at the place where words are written, where somebody can mend it.
    }
  }
  if (!given) throw new Error('there are no words to fill')
  return { ...given, body: fill(given) }
}

/** A text with its names filled in, each as a telephone shows it right. */
export function fillWords(body: string, values: Readonly<Record<string, TextValue>>): string {
  const shown = Object.entries(values).map(([name, value]): [string, TextValue] => [
    name,
    typeof value === 'string' ? readable(value) : value,
  ])
  return formatMessage(body, 'ar', Object.fromEntries(shown))
}
