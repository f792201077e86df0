/** Words and numbers that stand in one row only, so that wherever one turns up it is known whose it is. */

/** What a mark is of; the family of tables it stands in decides by which names it is reached. */
export const kinds = {
  name: { family: 'people', party: true },
  'id-number': { family: 'people' },
  phone: { family: 'people' },
  email: { family: 'people' },
  mother: { family: 'people' },
  home: { family: 'people' },
  number: { family: 'requests', party: true },
  answer: { family: 'requests', party: true },
  'office-note': { family: 'requests', staffOnly: true },
  paper: { family: 'papers', party: true },
  file: { family: 'papers', party: true },
  letter: { family: 'messages', party: true },
  'held-letter': { family: 'messages', staffOnly: true },
  message: { family: 'messages' },
  'message-in': { family: 'messages', party: true },
  amount: { family: 'money' },
  charge: { family: 'money' },
  plan: { family: 'money' },
  exemption: { family: 'money' },
  draft: { family: 'drafts' },
  original: { family: 'papers' },
  contact: { family: 'voices' },
  complaint: { family: 'voices' },
  reason: { family: 'looks' },
  question: { family: 'looks' },
  import: { family: 'imports' },
  certificate: { family: 'papers', party: true },
  proof: { family: 'requests', party: true },
  correction: { family: 'people' },
  id: { family: 'any', party: true },
} as const satisfies Record<string, { family: string; party?: true; staffOnly?: true }>
export type Kind = keyof typeof kinds

export type Mark = { text: string; kind: Kind; unit: string }

const letters = [...'بتثجحخدرزسشصطعغفقكلمن']

/** A word nobody else has: eight letters made from where it stands. */
export function aWord(of: string): string {
  let seed = 7
  for (const letter of of) seed = (seed * 48271 + letter.charCodeAt(0)) % 2_147_483_647
  return Array.from({ length: 8 }, () => {
    seed = (seed * 48271) % 2_147_483_647
    return letters[seed % letters.length]
  }).join('')
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Finds marks in an answer: words as they are, digits also where a page sets them apart in groups by blanks, hyphens or commas, ids whole. */
export class Scanner {
  readonly #words: RegExp
  readonly #digits: RegExp
  readonly #byText = new Map<string, Mark>()

  constructor(marks: readonly Mark[]) {
    for (const mark of marks) this.#byText.set(mark.text, mark)
    const all = marks.filter(({ kind }) => kind !== 'id').map(({ text }) => text)
    const escaped = (texts: string[]) => texts.map(text => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    const isNumber = (text: string) => /^[\d./]+$/.test(text)
    this.#words = new RegExp([...escaped(all.filter(text => !isNumber(text))), '(?!)'].join('|'), 'g')
    const numbers = escaped(all.filter(isNumber)).join('|')
    this.#digits = new RegExp(`(?<![\\d.])(?:0|970|\\+970|972)?(${numbers || '(?!)'})(?![\\d/])`, 'g')
  }

  /** The marks of an answer that were not in the question already. */
  find(answer: string, asked = ''): Mark[] {
    const found = new Set<string>()
    for (const [id] of answer.matchAll(uuid)) if (this.#byText.has(id)) found.add(id)
    for (const [word] of answer.matchAll(this.#words)) found.add(word)
    const plain = answer.replace(uuid, ' ').replace(/(?<=\d)[\s\u00a0\u202f\u2009,-](?=\d)/g, '')
    for (const text of [answer.replace(uuid, ' '), plain])
      for (const [, number = ''] of text.matchAll(this.#digits)) found.add(number)
    return [...found].filter(text => !asked.includes(text)).flatMap(text => this.#byText.get(text) ?? [])
  }
}
