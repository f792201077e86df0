import type { ReactNode } from 'react'
import { costInWords, type PartPrice } from '../../lib/sms/index.ts'
import type { TextValue } from '../../lib/texts.ts'
import { usePage } from '../page.ts'
import { useWords, type WordKey } from '../words.ts'
import { fieldId } from './fault.tsx'
import type { FieldProps } from './field.tsx'
import { say } from './say.tsx'
import { SmsMeasure } from './sms-measure.tsx'
import { LongTextField } from './text-fields.tsx'

/**
 * A message while it is written: its letters, parts and price under it, with how a part is saved. Where it has names in braces that are
 * filled later, `examples` tells how they read (by the name as it stands in the braces), and the message is shown filled. The server counts
 * what is there; a small script counts on while one types.
 */
export function SmsEditor({
  price,
  examples,
  exampleShown = true,
  frame,
  rows = 4,
  maxLength,
  children,
  ...field
}: FieldProps & {
  /** Of one part, with the providers in use. */
  price?: PartPrice | undefined
  examples?: Readonly<Record<string, string>> | undefined
  /** Whether the message is shown filled here; a page that shows it in a better way leaves that away. */
  exampleShown?: boolean | undefined
  /** What the message says around what is typed, with {text} for that: it is counted, and shown. */
  frame?: string | undefined
  rows?: number | undefined
  maxLength?: number | undefined
  /** Between the field and its length: the names that can be put in. */
  children?: ReactNode
}) {
  const written = fillIn(field.value ?? '', examples)
  const text = frame?.replace('{text}', () => written).trim() ?? written
  return (
    <div
      data-sms={JSON.stringify(examples ?? {})}
      data-sms-of={fieldId(field.name)}
      data-sms-frame={frame}
      data-sms-words={JSON.stringify(useLiveWords(price))}
    >
      <LongTextField {...field} rows={rows} maxLength={maxLength} />
      {children}
      <div data-sms-shown="">
        {(examples || frame) && exampleShown && (
          <SmsExample text={text} label={examples ? 'sms-example' : 'sms-arrives'} />
        )}
        <SmsMeasure text={text} price={price} />
      </div>
    </div>
  )
}

function SmsExample({ text, label }: { text: string; label: WordKey }) {
  const word = useWords()
  return (
    <>
      <p className="sm mut">{word(label)}</p>
      <p className="sms">{say(text)}</p>
    </>
  )
}

const fillIn = (text: string, examples: Readonly<Record<string, string>> = {}): string =>
  text.replace(/\{([^{}]+)\}/g, (whole, name: string) => examples[name.trim()] ?? whole)

/** A number of each kind the languages tell apart. */
const kindsOfCount = { one: 1, two: 2, few: 3, many: 11, other: 100 }
const counted: WordKey[] = [
  'sms-length',
  'sms-parts',
  'sms-over-one',
  'sms-over',
  'sms-spare',
  'sms-save-tashkeel',
  'sms-save-tatweel',
  'sms-save-spaces',
  'sms-save-unseen',
  'sms-save-emoji',
  'sms-save-repeated',
]
const mostPriced = 10

/** The words the script needs, each in the forms its number may ask for, with # where the number stands. */
function useLiveWords(price: PartPrice | undefined) {
  const word = useWords()
  const { locale } = usePage()
  const formsOf = (key: WordKey) =>
    Object.fromEntries(
      Object.entries(kindsOfCount).map(([kind, count]) => [
        kind,
        word(key, { count }).replace(String(count), '#'),
      ]),
    )
  const blank: Record<string, TextValue> = { letters: '{letters}', parts: '{parts}' }
  return {
    forms: Object.fromEntries(counted.map(key => [key, formsOf(key)])),
    unicode: word('sms-save-unicode', blank),
    costs: price
      ? Array.from({ length: mostPriced }, (_, place) =>
          word('sms-cost', { cost: costInWords(price, place + 1, locale) }),
        )
      : [],
  }
}
