import { normaliseForSearch } from '../../../lib/arabic.ts'
import { type Field, fields } from '../model.ts'

/** What headings of present programs say, in Arabic and English, as they are compared: folded, without the article. */
const known: readonly (readonly [Field, readonly string[]])[] = [
  [
    'id',
    [
      'رقم الهوية',
      'الهوية',
      'هوية',
      'رقم هوية المشترك',
      'id number',
      'id no',
      'identity',
      'national id',
      'idno',
    ],
  ],
  ['first', ['الاسم الاول', 'first name', 'firstname']],
  ['father', ['اسم الاب', 'الاب', 'father name', 'father', 'second name']],
  ['grandfather', ['اسم الجد', 'الجد', 'grandfather name', 'grandfather', 'third name']],
  ['family', ['اسم العائلة', 'العائلة', 'اللقب', 'الحمولة', 'family name', 'family', 'last name', 'surname']],
  ['mother', ['اسم الام', 'الام', 'mother name', 'mother']],
  ['birth', ['تاريخ الميلاد', 'تاريخ الولادة', 'الميلاد', 'birth date', 'date of birth', 'birthdate', 'dob']],
  ['sex', ['الجنس', 'sex', 'gender']],
  [
    'phone',
    [
      'الهاتف',
      'رقم الهاتف',
      'الجوال',
      'رقم الجوال',
      'جوال',
      'تلفون',
      'الموبايل',
      'phone',
      'mobile',
      'tel',
      'phone number',
    ],
  ],
  [
    'person-code',
    [
      'رقم المشترك',
      'كود المشترك',
      'رقم المكلف',
      'رمز المكلف',
      'رقم الزبون',
      'customer no',
      'customer number',
      'customer id',
      'person code',
    ],
  ],
  [
    'name',
    [
      'الاسم',
      'اسم المشترك',
      'اسم المكلف',
      'الاسم الرباعي',
      'الاسم الكامل',
      'اسم الزبون',
      'اسم المالك',
      'المشترك',
      'صاحب الاشتراك',
      'name',
      'full name',
      'customer name',
      'subscriber',
      'customer',
    ],
  ],
  [
    'subscription',
    [
      'رقم الاشتراك',
      'الاشتراك',
      'اشتراك',
      'رقم الخدمة',
      'subscription no',
      'subscription number',
      'subscription',
      'service no',
    ],
  ],
  ['meter', ['رقم العداد', 'العداد', 'رقم الساعة', 'meter no', 'meter number', 'meter']],
  ['utility', ['نوع الاشتراك', 'نوع الخدمة', 'الخدمة', 'utility', 'service type']],
  ['billing', ['نظام الدفع', 'نوع العداد', 'طريقة الدفع', 'billing', 'billing type', 'meter type']],
  ['amperes', ['الامبير', 'قدرة القاطع', 'القاطع', 'امبير', 'amperes', 'ampere', 'amps']],
  ['account', ['رقم الحساب', 'الحساب', 'account no', 'account number', 'account']],
  ['kind', ['نوع الذمة', 'نوع الرسم', 'نوع الدين', 'نوع الرصيد', 'due kind', 'due type', 'kind']],
  ['currency', ['العملة', 'عملة', 'currency', 'curr']],
  [
    'balance',
    [
      'الرصيد',
      'رصيد',
      'الذمة',
      'الدين',
      'المبلغ المستحق',
      'المستحق',
      'الذمم',
      'المبلغ',
      'balance',
      'amount due',
      'amount',
      'due',
    ],
  ],
  ['debit', ['مدين', 'عليه', 'debit', 'dr']],
  ['credit', ['دائن', 'له', 'credit', 'cr']],
  [
    'balance:electricity',
    ['رصيد الكهرباء', 'ذمة الكهرباء', 'ديون الكهرباء', 'الكهرباء', 'electricity balance', 'electricity'],
  ],
  [
    'balance:water',
    ['رصيد المياه', 'ذمة المياه', 'ديون المياه', 'المياه', 'رصيد الماء', 'الماء', 'water balance', 'water'],
  ],
  [
    'balance:sewage',
    ['رصيد المجاري', 'رصيد الصرف الصحي', 'الصرف الصحي', 'المجاري', 'sewage balance', 'sewage'],
  ],
  [
    'balance:waste',
    ['رصيد النفايات', 'رسوم النفايات', 'النفايات', 'النظافة', 'رصيد النظافة', 'waste balance', 'waste'],
  ],
  ['balance:property', ['ضريبة الاملاك', 'رصيد ضريبة الاملاك', 'property tax', 'property balance']],
  ['balance:licence', ['رخص المهن', 'رصيد الرخص', 'licence balance', 'license balance']],
  ['balance:rent', ['الايجار', 'رصيد الايجار', 'الايجارات', 'rent', 'rent balance']],
  ['balance:fine', ['المخالفات', 'الغرامات', 'رصيد المخالفات', 'fines']],
  ['quarter', ['الحي', 'المنطقة', 'الحارة', 'quarter', 'area', 'neighbourhood', 'neighborhood', 'zone']],
  ['block', ['الحوض', 'رقم الحوض', 'block']],
  ['parcel', ['القطعة', 'رقم القطعة', 'parcel', 'plot']],
  ['landmark', ['العنوان', 'الشارع', 'المعلم', 'address', 'street', 'landmark']],
]

/** «رقم الهويّة:» and «هوية رقم» are compared as «رقم هويه»: folded, and without the article. */
function headingKey(heading: string): string {
  return normaliseForSearch(heading.replaceAll('_', ' '))
    .split(' ')
    .map(word => (/^ال.{2}/u.test(word) ? word.slice(2) : word))
    .join(' ')
}

const byKey = new Map(
  known.flatMap(([field, words]) => words.map(word => [headingKey(word), field] as const)),
)

/** What a heading is likely to be; undefined where it says nothing we know. */
export function guessField(heading: string): Field | undefined {
  const key = headingKey(heading)
  if (key === '') return undefined
  const whole = byKey.get(key)
  if (whole) return whole
  // «كشف المشتركين رقم الهوية»: the longest known heading it ends or begins with.
  let best: { field: Field; length: number } | undefined
  for (const [word, field] of byKey) {
    const inside = key.endsWith(` ${word}`) || key.startsWith(`${word} `)
    if (inside && word.length > Math.max(2, best?.length ?? 0)) best = { field, length: word.length }
  }
  return best?.field
}

/** What each heading is, each field at most once: the first heading that is it wins. */
export function guessColumns(headings: readonly string[]): Record<string, Field> {
  const taken = new Set<Field>()
  const columns: Record<string, Field> = {}
  const give = (heading: string, field: Field | undefined) => {
    if (heading === '' || !field || taken.has(field) || Object.hasOwn(columns, heading)) return
    taken.add(field)
    columns[heading] = field
  }
  for (const heading of headings) give(heading, byKey.get(headingKey(heading)))
  for (const heading of headings) give(heading, guessField(heading))
  return columns
}

/** What tells the rows of these columns apart: the subscription, else the account, else the person. */
export function guessKeys(present: Iterable<Field>): Field[] {
  const has = new Set(present)
  if (has.has('subscription')) return has.has('utility') ? ['subscription', 'utility'] : ['subscription']
  const one = (['account', 'person-code', 'id', 'phone', 'name'] as const).find(field => has.has(field))
  if (one === undefined) return []
  return one === 'account' || !has.has('kind') ? [one] : [one, 'kind']
}

export const isField = (text: string): text is Field => (fields as readonly string[]).includes(text)
