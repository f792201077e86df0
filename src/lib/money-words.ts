import { type Currency, type Money, minorDigits } from './money.ts'

type Gender = 'masculine' | 'feminine'

/** The forms a counted noun takes: alone, two, 3–10, 11–99 (accusative), after hundreds (genitive). */
type Noun = {
  readonly one: string
  readonly two: string
  readonly few: string
  readonly many: string
  readonly hundred: string
  readonly gender: Gender
}

const dinar: Noun = {
  one: 'دينار أردني واحد',
  two: 'ديناران أردنيان',
  few: 'دنانير أردنية',
  many: 'دينارًا أردنيًا',
  hundred: 'دينار أردني',
  gender: 'masculine',
}
const shekel: Noun = {
  one: 'شيكل واحد',
  two: 'شيكلان',
  few: 'شواكل',
  many: 'شيكلًا',
  hundred: 'شيكل',
  gender: 'masculine',
}
const dollar: Noun = {
  one: 'دولار أمريكي واحد',
  two: 'دولاران أمريكيان',
  few: 'دولارات أمريكية',
  many: 'دولارًا أمريكيًا',
  hundred: 'دولار أمريكي',
  gender: 'masculine',
}
const fils: Noun = {
  one: 'فلس واحد',
  two: 'فلسان',
  few: 'فلوس',
  many: 'فلسًا',
  hundred: 'فلس',
  gender: 'masculine',
}
const agora: Noun = {
  one: 'أغورة واحدة',
  two: 'أغورتان',
  few: 'أغورات',
  many: 'أغورة',
  hundred: 'أغورة',
  gender: 'feminine',
}
const cent: Noun = {
  one: 'سنت واحد',
  two: 'سنتان',
  few: 'سنتات',
  many: 'سنتًا',
  hundred: 'سنت',
  gender: 'masculine',
}

const nouns: Record<Currency, { major: Noun; minor: Noun }> = {
  ILS: { major: shekel, minor: agora },
  JOD: { major: dinar, minor: fils },
  USD: { major: dollar, minor: cent },
}

const scales: readonly [number, Noun][] = [
  [1e9, scale('مليار', 'ملياران', 'مليارات', 'مليارًا')],
  [1e6, scale('مليون', 'مليونان', 'ملايين', 'مليونًا')],
  [1e3, scale('ألف', 'ألفان', 'آلاف', 'ألفًا')],
]

function scale(one: string, two: string, few: string, many: string): Noun {
  return { one, two, few, many, hundred: one, gender: 'masculine' }
}

/** With a masculine noun the numbers 3–10 take the feminine form, and the other way round. */
const units: Record<Gender, readonly string[]> = {
  masculine: ' واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة'.split(' '),
  feminine: ' واحدة اثنتان ثلاث أربع خمس ست سبع ثماني تسع عشر'.split(' '),
}
const teens: Record<Gender, readonly string[]> = {
  masculine: ['أحد عشر', 'اثنا عشر', ...units.masculine.slice(3, 10).map(unit => `${unit} عشر`)],
  feminine: ['إحدى عشرة', 'اثنتا عشرة', ...units.feminine.slice(3, 10).map(unit => `${unit} عشرة`)],
}
const tens = '  عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون'.split(' ')
const hundreds = ' مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة'.split(' ')

function belowHundred(n: number, gender: Gender): string {
  if (n <= 10) return units[gender][n] ?? ''
  if (n < 20) return teens[gender][n - 11] ?? ''
  const unit = n % 10
  const ten = tens[Math.floor(n / 10)] ?? ''
  if (unit === 0) return ten
  const first = unit === 1 ? (gender === 'masculine' ? 'واحد' : 'إحدى') : (units[gender][unit] ?? '')
  return `${gender === 'feminine' && unit === 8 ? 'ثمانٍ' : first} و${ten}`
}

/** The words of a number, each part apart; `bound` when a noun follows directly and the ending falls away. */
function numberWords(n: number, gender: Gender, bound: boolean): string {
  const parts: string[] = []
  let rest = n
  for (const [size, noun] of scales) {
    const count = Math.floor(rest / size)
    rest %= size
    if (count > 0) parts.push(counted(count, noun, bound && rest === 0))
  }
  const hundred = Math.floor(rest / 100)
  rest %= 100
  if (hundred > 0) parts.push(bound && rest === 0 && hundred === 2 ? 'مئتا' : (hundreds[hundred] ?? ''))
  if (rest > 0) parts.push(belowHundred(rest, gender))
  return parts.join(' و')
}

/** A number with the noun it counts, in the form the number asks for. */
function counted(n: number, noun: Noun, bound = false): string {
  if (n === 1) return noun.one
  if (n === 2) return bound ? noun.two.replace(/ن$/, '') : noun.two
  const last = n % 100
  if (last === 1 || last === 2) {
    return `${numberWords(n - last, noun.gender, true)} ${noun.hundred} و${counted(last, noun, bound)}`
  }
  const words = numberWords(n, noun.gender, last === 0)
  if (last === 0) return `${words} ${noun.hundred}`
  if (last <= 10) return `${words} ${noun.few}`
  return `${words} ${bound ? noun.many.replace('ًا', '') : noun.many}`
}

/** The amount as a receipt writes it: «مئة وسبعون دينارًا أردنيًا فقط لا غير». */
export function moneyInWords(amount: Money): string {
  const { major, minor } = nouns[amount.currency]
  const factor = 10 ** minorDigits[amount.currency]
  const size = Math.abs(amount.minor)
  const whole = Math.floor(size / factor)
  const rest = size % factor
  const parts = [whole > 0 ? counted(whole, major) : '', rest > 0 ? counted(rest, minor) : '']
  const words = parts.filter(part => part !== '').join(' و') || `صفر ${major.hundred}`
  return `${amount.minor < 0 ? 'ناقص ' : ''}${words} فقط لا غير`
}
