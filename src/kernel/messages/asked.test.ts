import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Asked, readAsked } from './asked.ts'

const request = (number: number, year = 2026): Asked => ({ is: 'request', number, year })
const answer = (figure: 1 | 2 | 3 | 4 | 5 | undefined, yes?: boolean, rest = ''): Asked => ({
  is: 'answer',
  figure,
  yes,
  rest,
})
const words: Asked = { is: 'words', request: undefined }

describe('what people text', () => {
  test.each<[string, Asked]>([
    ['4178/2026', request(4178)],
    ['٤١٧٨/٢٠٢٦', request(4178)],
    ['۴۱۷۸ / ۲۰۲۶', request(4178)],
    ['طلبي رقم 4178 لسنة 2026؟', request(4178)],
    ['2026-4178', request(4178)],
    ['أين وصل طلبي 4178\\2026', request(4178)],
    ['شو صار بطلبي 4178.2026', request(4178)],
    ['\u200e4178/2026\u200e', request(4178)],
    ['2025/2026', request(2025)],
    ['4178', { is: 'number', digits: '4178' }],
    ['طلب٤١٧٨', { is: 'number', digits: '4178' }],
    ['طلب 4', { is: 'number', digits: '4' }],
    ['20-004178-3', { is: 'number', digits: '200041783' }],
  ])('«%s» asks after a number', (text, asked) => expect(readAsked(text)).toEqual(asked))

  test.each<[string, string | undefined]>([
    ['رصيد', undefined],
    ['الرصيد', undefined],
    ['كم رصيدي؟', undefined],
    ['كم علي', undefined],
    ['شو عليّ', undefined],
    ['قديش الفاتورة', undefined],
    ['BALANCE', undefined],
    ['رصيد ٢٠-٠٠٤١٧٨-٣', '200041783'],
    ['حساب رقم 10234', '10234'],
    ['فاتورة الكهرباء 10234', '10234'],
  ])('«%s» asks what is owed', (text, account) => expect(readAsked(text)).toEqual({ is: 'balance', account }))

  test.each<[string, Asked]>([
    ['4', answer(4)],
    [' ٥ ', answer(5)],
    ['1️⃣', answer(1, true)],
    ['5/5', answer(5)],
    ['4 من 5 شكرا', answer(4, undefined, 'شكرا')],
    ['5 بارك الله فيكم', answer(5, undefined, 'بارك الله فيكم')],
    ['خمسة نجوم', answer(5)],
    ['2. الحفرة ما زالت', answer(2, false, 'الحفرة ما زالت')],
    ['نعم', answer(undefined, true)],
    ['لأ، لسا مفتوحة', answer(undefined, false, 'لسا مفتوحة')],
    ['ما تصلحت', answer(undefined, false, 'تصلحت')],
  ])('«%s» answers', (text, asked) => expect(readAsked(text)).toEqual(asked))

  test.each(['4 أيام وأنا أنتظر', '2 شيكل', '45', '6', '0', '١٢ شكرا', 'شكرا 5'])(
    '«%s» answers nothing',
    text => expect(readAsked(text).is).not.toBe('answer'),
  )

  test.each<[string, Asked]>([
    ['إيقاف', { is: 'stop', kinds: undefined }],
    ['STOP', { is: 'stop', kinds: undefined }],
    ['أوقفوا رسائلكم عني', { is: 'stop', kinds: undefined }],
    ['ايقاف التوعيه', { is: 'stop', kinds: ['awareness'] }],
    ['إيقاف الفواتير الاستطلاع', { is: 'stop', kinds: ['bill', 'survey'] }],
    ['إيقاف الكل', { is: 'stop', kinds: 'all' }],
    ['تشغيل', { is: 'start', kinds: undefined }],
    ['تشغيل الطلبات', { is: 'start', kinds: ['step', 'thread'] }],
    ['مساعدة', { is: 'help' }],
    ['؟', { is: 'help' }],
    ['😀 …', { is: 'nothing' }],
    ['', { is: 'nothing' }],
  ])('«%s» is a word of command', (text, asked) => expect(readAsked(text)).toEqual(asked))

  test.each([
    'وقف العداد عن العمل',
    'الفاتورة غلط يا جماعة',
    'رصيدكم من الشتائم',
    'دور',
    'اتصلوا بي 0599123456',
    '0599123456',
    'مساعدة في الطلب من فضلكم',
  ])('«%s» is for a person to read', text => expect(readAsked(text)).toEqual(words))

  test('that names a request in a longer text says which', () => {
    expect(readAsked('متى يخلص طلبي 4178/2026 يا جماعة، الموضوع طال')).toEqual({
      is: 'words',
      request: { number: 4178, year: 2026 },
    })
    expect(readAsked('جئت يوم 12/11/2025 ولم أجد أحدًا')).toEqual(words)
  })
})

/** The same text as another telephone writes it. */
const spelled = (text: string): fc.Arbitrary<string> =>
  fc
    .record({
      digits: fc.constantFrom('0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹'),
      swaps: fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }),
      before: fc.constantFrom('', ' ', '\n', '«', '…', '\u200f', '😀 ', '\ufeff'),
      after: fc.constantFrom('', ' ', '.', '؟', '!!', '»', '\u202c', ' 🙏', '\u0640'),
    })
    .map(({ digits, swaps, before, after }) => {
      const letters: Record<string, string> = { ا: 'أ', أ: 'ا', إ: 'ا', ة: 'ه', ى: 'ي', ي: 'ی', ك: 'ک' }
      const other = [...text].map((sign, place) => {
        if (/\d/.test(sign)) return digits[Number(sign)] ?? sign
        if (!swaps[place]) return sign
        const swapped = letters[sign] ?? sign
        return /\p{Script=Arabic}/u.test(sign) ? `${swapped}\u064e` : swapped
      })
      return before + other.join('') + after
    })

describe('however it is written', () => {
  test.each([
    '4178/2026',
    'طلبي رقم 4178 لسنة 2026',
    '20-004178-3',
    'رصيد',
    'كم علي',
    'حساب 10234',
    '4',
    '5 شكرا',
    'نعم',
    'لا',
    'إيقاف',
    'إيقاف التوعية',
    'تشغيل الكل',
    'مساعدة',
  ])('«%s» asks for the same', text => {
    const { is, ...facts } = readAsked(text)
    const heard = { is, ...facts, rest: undefined }
    fc.assert(
      fc.property(spelled(text), other => {
        expect({ ...readAsked(other), rest: undefined }).toEqual(heard)
      }),
    )
  })

  test('any text is read, quickly and without failing, and a number read is one that can be looked up', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 3000 }), fc.string({ unit: 'grapheme' })),
        text => {
          const asked = readAsked(text)
          if (asked.is === 'request') {
            expect(asked.number).toBeGreaterThan(0)
            expect(asked.number).toBeLessThan(1e9)
            expect(asked.year).toBeGreaterThanOrEqual(2000)
          }
          if (asked.is === 'number') expect(asked.digits).toMatch(/^\d{1,15}$/)
          // One sign may stand for several letters: ﵐ is read as تجم.
          const most = text.normalize('NFKC').length
          if (asked.is === 'answer') expect(asked.rest.length).toBeLessThanOrEqual(most)
        },
      ),
    )
  })

  test('every number of a request is read back in each of its ways', () => {
    const ways = [(n: number, y: number) => `${n}/${y}`, (n: number, y: number) => `${y}/${n}`]
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }).filter(n => n < 2000 || n > 2099),
        fc.integer({ min: 2000, max: 2099 }),
        fc.constantFrom(...ways),
        (number, year, way) => {
          expect(readAsked(way(number, year))).toEqual(request(number, year))
        },
      ),
    )
  })
})
