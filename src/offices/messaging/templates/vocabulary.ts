import type { TextValue } from '../../../lib/texts.ts'

/** What fills a place in a message: the town's own books, the treasury, the applicant's answers, or words of the staff. */
export type FilledBy = 'town' | 'money' | 'applicant' | 'staff'

type Entry = { by: FilledBy; sample: TextValue }

/** Every name a message of an office may be filled with; what it is called stands in `names.ar.ts` as `var-NAME`. Samples are as long as real ones. */
export const vocabulary = {
  number: { by: 'town', sample: '12345/2026' },
  service: { by: 'town', sample: 'اشتراك كهرباء جديد' },
  link: { by: 'town', sample: 'https://town.example/s/abcdefghjk' },
  date: { by: 'town', sample: '30/11' },
  hour: { by: 'town', sample: '10:30–12:00' },
  body: { by: 'town', sample: 'وزارة الحكم المحلي' },
  office: { by: 'town', sample: 'مركز خدمات الجمهور' },
  papers: { by: 'town', sample: 'صورة عن الهوية الشخصية، سند الملكية' },
  reason: { by: 'staff', sample: 'لا يتبع الموقع حدود المدينة' },
  text: { by: 'staff', sample: 'أحضر معك عند الكشف مخطط التمديدات الداخلية موقعًا من الكهربائي.' },
  amount: { by: 'money', sample: '1,170.00 شيكل' },
  total: { by: 'money', sample: '11,170.00 شيكل' },
  rest: { by: 'money', sample: '170.00 شيكل' },
  receipt: { by: 'money', sample: 'A-12345/2026' },
  bank: { by: 'money', sample: 'بنك فلسطين' },
  decision: { by: 'staff', sample: '144/2026' },
  count: { by: 'money', sample: 12 },
  code: { by: 'town', sample: '482913' },
  turn: { by: 'town', sample: 'ب 127' },
  minutes: { by: 'town', sample: 25 },
  ahead: { by: 'town', sample: 12 },
  grace: { by: 'town', sample: 5 },
  hours: { by: 'town', sample: 'الأحد حتى الخميس 8:00–14:00' },
  list: { by: 'town', sample: '1 دفع رسوم، 2 تقديم طلب، 3 استلام' },
} as const satisfies Record<string, Entry>

export type VariableName = keyof typeof vocabulary
