import { isGsm } from './gsm.ts'
import { type SmsParts, smsCapacity, smsParts } from './parts.ts'

/** One way to make a text shorter, with the units of it that would be saved; `letters` are those it is about. */
export type Saving =
  | { readonly kind: 'unicode'; readonly letters: readonly string[]; readonly parts: number }
  | {
      readonly kind: 'tashkeel' | 'tatweel' | 'spaces' | 'unseen' | 'emoji' | 'repeated'
      readonly units: number
    }

export type Savings = SmsParts & {
  /** Units that would have to go for one part less; 0 for a text of one part. */
  readonly over: number
  /** Units still free in the last part. */
  readonly spare: number
  /** How to save, what saves most first. */
  readonly ways: readonly Saving[]
}

const waste = [
  ['tashkeel', /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/g, 0],
  ['tatweel', /\u0640/g, 0],
  ['unseen', /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, 0],
  ['emoji', /[\ud83c-\ud83e][\udc00-\udfff]|[\u2600-\u27bf]/g, 0],
  ['spaces', / {2,}| +(?=\n)| +$|^ +|\n{2,}/g, 1],
  ['repeated', /([!?.\u060c\u061f])\1+/g, 1],
] as const

/** Letters of a word that a Latin text may do without, as it would be written in the alphabet of the network. */
const asPlain: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
}
const arabic = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/
const arabicDigits = /[\u0660-\u0669\u06f0-\u06f9]/g

/** How long a message is, and how it could be a part shorter without saying less. */
export function savings(text: string): Savings {
  const length = smsParts(text)
  // Of a text not begun the smaller room is told: the first Arabic letter takes nothing back.
  const { single, joined } = smsCapacity[text === '' ? 'UCS-2' : length.encoding]
  const fewer = length.parts === 2 ? single : (length.parts - 1) * joined
  const over = length.parts === 1 ? 0 : Math.max(1, length.units - fewer)
  const room = length.parts === 1 ? single : length.parts * joined
  return {
    ...length,
    over,
    spare: Math.max(0, room - length.units),
    ways: [...forced(text, length), ...wasted(text)],
  }
}

/** A Latin text that costs as an Arabic one does, for a few letters. */
function forced(text: string, { encoding, parts }: SmsParts): Saving[] {
  if (encoding === 'GSM-7' || arabic.test(text.replace(arabicDigits, ''))) return []
  const strange = [...new Set(text)].filter(letter => !isGsm(letter))
  const plain = [...text].map(letter => (isGsm(letter) ? letter : (asPlain[letter] ?? 'x'))).join('')
  const fewer = smsParts(plain).parts
  return fewer < parts ? [{ kind: 'unicode', letters: strange.slice(0, 6), parts: fewer }] : []
}

function wasted(text: string): Saving[] {
  return waste
    .map(([kind, pattern, kept]) => {
      const found = text.match(pattern) ?? []
      return { kind, units: found.reduce((sum, piece) => sum + piece.length - keptOf(piece, kept), 0) }
    })
    .filter(({ units }) => units > 0)
    .sort((a, b) => b.units - a.units)
}

/** Of a row of blanks one stays; at an end none does, and that one is not worth telling apart. */
const keptOf = (piece: string, kept: number): number => (piece.length > 1 ? kept : 0)
