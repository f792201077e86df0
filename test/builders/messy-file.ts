import { computeCheckDigit } from '../../src/lib/national-id.ts'
import { encodeArabic } from './windows-1256.ts'

/** What a messy file holds, counted while it is made. */
export type MessyFile = {
  bytes: Buffer
  /** Rows of subscriptions, without titles, headings and totals. */
  rows: number
  wrongIds: number
  noIds: number
  noPhones: number
  credits: number
  respelt: number
  repeated: number
  unreadable: number
  /** Rows that say something else than in the file of the same seed without `changed`. */
  changed: number
}

export type MessyOptions = {
  rows: number
  seed?: number
  /** Windows-1256 has no Arabic digits: there the figures are mixed by their signs, in UTF-8 also by their digits. */
  encoding?: 'windows-1256' | 'utf-8'
  /** Every how manieth row has changed since; none unless said. */
  changedEvery?: number
}

const firsts =
  'محمد أحمد إبراهيم خالد يوسف محمود عبد_الله سامي هدى رنا ليلى إيمان فاطمة آمنة مصطفى عيسى'.split(' ')
const families = 'قطب النجار الخطيب حمدان زيدان البرغوثي التميمي أبو_خالد الأطرش عودة شحادة'.split(' ')
const quarters = ['البلدة القديمة', 'الحي الشرقي', 'المنطقة الصناعية', 'حارة القبة']
const arabic = (text: string) => text.replace(/\d/g, digit => String.fromCodePoint(0x660 + Number(digit)))

/** The same name as another clerk would have typed it. */
const respell = [
  (name: string) => name,
  (name: string) => name.replace(/[أإآ]/g, 'ا').replace(/ة/g, 'ه'),
  (name: string) => name.replace(/ي /g, 'ى ').replace(/ا/, 'أ').replace(/ {2}/g, ' '),
]

/** A file of subscriptions as a town's old program exports it: the same each time for a seed. */
export function messyFile(options: MessyOptions): MessyFile {
  const { rows, encoding = 'windows-1256', changedEvery = 0 } = options
  let state = (options.seed ?? 1) * 2_654_435_761
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const of = (list: readonly string[]) => (list[random(list.length)] ?? '').replace('_', ' ')
  const counts = {
    wrongIds: 0,
    noIds: 0,
    noPhones: 0,
    credits: 0,
    respelt: 0,
    repeated: 0,
    unreadable: 0,
    changed: 0,
  }
  const people: { name: string; id: string; phone: string; mother: string; birth: string }[] = []
  const lines = [
    'بلدية عين الزيتون;;;;;;;;;',
    'كشف المشتركين وأرصدتهم;;;;;;;;;',
    'المشترك;;;;;;الاشتراك;;;',
    'الاسم;رقم الهوية;اسم الأم;تاريخ الميلاد;الجوال;الحي;رقم الاشتراك;رقم العداد;نوع العداد;الرصيد',
  ]
  const person = () => {
    const eight = String(40_000_000 + people.length)
    const kind = random(100)
    const wrong = kind < 3
    if (wrong) counts.wrongIds += 1
    const digit = computeCheckDigit(eight)
    const id = wrong
      ? `${eight}${(Number(digit) + 1) % 10}`
      : kind < 4
        ? 'غير معروف'
        : kind < 9
          ? ''
          : eight + digit
    if (kind >= 3 && kind < 9) counts.noIds += 1
    const noPhone = random(100) < 15
    if (noPhone) counts.noPhones += 1
    const digits = String(1_000_000 + random(8_999_999))
    const made = {
      name: `${of(firsts)} ${of(firsts)} ${of(firsts)} ${of(families)}`,
      id,
      mother: random(3) === 0 ? '' : of(firsts),
      birth:
        [
          `${1 + random(28)}/${1 + random(12)}/${1940 + random(65)}`,
          `${1950 + random(50)}-0${1 + random(9)}-1${random(9)}`,
          '',
        ][random(3)] ?? '',
      phone: noPhone
        ? (['', '0', '-'][random(3)] ?? '')
        : random(10) === 0
          ? `59${digits}`
          : `059${digits.slice(0, 1)} ${digits.slice(1, 4)} ${digits.slice(4)}`,
    }
    people.push(made)
    return made
  }
  for (let row = 1; row <= rows; row += 1) {
    const again = row > 10 && random(100) < 18
    const who = again ? (people[random(people.length)] ?? person()) : person()
    const spelt = respell[again ? random(3) : 0]?.(who.name) ?? who.name
    if (spelt !== who.name) counts.respelt += 1
    const isChanged = changedEvery > 0 && row % changedEvery === 0
    if (isChanged) counts.changed += 1
    const minor = random(100) < 20 ? 0 : random(250_000)
    const credit = random(100) < 6
    if (credit && minor > 0) counts.credits += 1
    const bad = random(1000)
    if (bad < 5) counts.unreadable += 1
    const amount = figures(minor + (isChanged ? 777 : 0), credit, random(4))
    const name = bad < 2 ? '99887766' : spelt
    const mixed = encoding === 'utf-8' && random(5) === 0
    const number = (text: string) => (mixed ? arabic(text) : text)
    const cells = [
      name,
      number(who.id),
      who.mother,
      who.birth,
      number(who.phone),
      of(quarters),
      number(String(100_000 + row)),
      `M${row}`,
      random(3) === 0 ? 'دفع مسبق' : 'فاتورة',
      bad >= 2 && bad < 5 ? 'لم يُحسب' : number(amount),
    ]
    lines.push(cells.join(';'))
    if (random(200) === 0) {
      lines.push(cells.join(';'))
      counts.repeated += 1
    }
  }
  lines.push(`المجموع;;;;;;;;;${rows}`, '')
  const text = lines.join('\r\n')
  return { bytes: encoding === 'utf-8' ? Buffer.from(text) : encodeArabic(text), rows, ...counts }
}

/** An amount as one of several clerks would write it. */
function figures(minor: number, credit: boolean, habit: number): string {
  const plain = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`
  const grouped = plain.replace(/\B(?=(\d{3})+\.)/g, ',')
  if (credit) return [`-${plain}`, `(${grouped})`, `${plain}-`, `${plain} دائن`][habit] ?? plain
  return [plain, grouped, `${plain} شيكل`, plain][habit] ?? plain
}
