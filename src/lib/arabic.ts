const invisible = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--\n]/gv
const marks = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g
const foldings: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
  ە: 'ه',
  ک: 'ك',
  گ: 'ك',
  ء: '',
}
const foldable = new RegExp(`[${Object.keys(foldings).join('')}]`, 'g')
const titles = new Set(
  'الحاج الحاجه الاستاذ الاستاذه السيد السيده الدكتور الدكتوره المهندس المهندسه الشيخ المحامي م د ا'.split(
    ' ',
  ),
)
const linking = new Set(['بن', 'ابن', 'بنت', 'ال'])

// More marks in a row than any writing has (UAX #15, Stream-Safe Text Format).
const tooManyMarks = /(\p{M}{30})\p{M}+/gu

/**
 * A text in composed letters (NFC), or also without looks alone (NFKC). Of marks in a row those beyond thirty are left out: to put them in
 * order takes ever longer, three seconds for ninety thousand.
 */
export const composed = (text: string, form: 'NFC' | 'NFKC' = 'NFC'): string =>
  text.replace(tooManyMarks, '$1').normalize(form)

/** Arabic-Indic and Persian digits as 0–9; everything else as it was. */
export function toWesternDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, digit => String((digit.codePointAt(0) ?? 0) & 0xf))
}

/** Without control characters, direction marks and zero-width signs; line ends stay. */
export function stripControls(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(invisible, '')
}

/** What was typed, in one line of no more than so many signs. */
export const oneLine = (text: string, most: number): string =>
  stripControls(text).replace(/\s+/g, ' ').trim().slice(0, most)

/** Letters folded as people equate them: أ إ آ ا · ة ه · ى ي, no tashkeel, no tatweel, Western digits. */
function fold(text: string): string {
  return toWesternDigits(composed(text, 'NFKC'))
    .replace(marks, '')
    .replace(foldable, letter => foldings[letter] ?? letter)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
}

/** Words that are one name stand together: عبد الله, أبو خالد, صلاح الدين. */
function grouped(words: readonly string[], foldedOf: (word: string) => string): string[][] {
  const groups: string[][] = []
  let open = false
  for (const word of words) {
    const folded = foldedOf(word)
    const last = groups.at(-1)
    const isServant = last?.length === 1 && last[0] === 'عبد' && (folded.startsWith('ال') || folded === 'ربه')
    if (last && (open || isServant || folded === 'الدين')) last.push(word)
    else groups.push([word])
    open = folded === 'ابو'
  }
  return groups
}

const joinNames = (words: readonly string[]): string[] =>
  grouped(words, word => word).map(group => group.join(''))

/** The names somebody's whole name is made of, as they are written: «عبد الرحمن», «نور الدين» and «أبو خالد» are one each. */
export const namesIn = (name: string): string[] =>
  grouped(name.trim().split(/\s+/), fold).map(group => group.join(' '))

/**
 * The form under which texts are compared in search; never shown and never stored in place of the original.
 * Titles and بن fall away, unless nothing else is left.
 */
export function normaliseForSearch(text: string): string {
  const words = fold(stripControls(text))
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
  const names = words.filter(word => !titles.has(word) && !linking.has(word))
  return joinNames(names.length > 0 ? names : words).join(' ')
}

/** The words of a short message as they are compared: folded like names, and none of them falls away. */
export function wordsOf(text: string): string[] {
  return fold(stripControls(text))
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
}

/** The distinct words a text is found by, without the article: they are compared by equality and by prefix. */
export function searchTokens(text: string): string[] {
  const words = normaliseForSearch(text).split(' ')
  const tokens = words.map(word => (/^ال.{2}/u.test(word) ? word.slice(2) : word))
  return [...new Set(tokens)].filter(token => token !== '')
}

/** Texts for the counts Arabic tells apart; `#` stands for the number. */
export type PluralForms = { readonly [Form in Intl.LDMLPluralRule]?: string } & { readonly other: string }

const arabicPlural = new Intl.PluralRules('ar')

/** «يوم واحد»، «يومان»، «3 أيام»، «11 يومًا»: the form the number asks for. */
export function plural(n: number, forms: PluralForms): string {
  return (forms[arabicPlural.select(n)] ?? forms.other).replaceAll('#', String(n))
}

/** A number, phone or code set apart left to right, for plain text and documents where there is no `<bdi>`. */
export function isolate(text: string): string {
  return `\u2066${text}\u2069`
}

const nameLetters = /^[[[\p{Script=Arabic}\p{Script=Latin}\p{Script=Hebrew}]&&\p{L}]\p{M} .'’ʼ׳\-]+$/v

/** Whether a text can be a person's name: letters, spaces, hyphen, apostrophe; no figures, signs or emoji. */
export function isPlausibleName(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed.length > 120 || !nameLetters.test(trimmed)) return false
  return (trimmed.match(/\p{L}/gu)?.length ?? 0) >= 2
}
