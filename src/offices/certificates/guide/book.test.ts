import { expect, test } from 'vitest'
import type { TownProfile } from '../../../web/town.ts'
import type { PrintedGuide } from '../../catalogue/index.ts'
import type { TownPaper } from '../paper/town.ts'
import { setGuide } from './book.ts'

const town: TownPaper = {
  name: { ar: 'بلدية وادي السنديان', en: 'Wadi al-Sindyan' },
  profile: {
    phone: '02 220 0000',
    address: { ar: 'شارع البلدية', en: 'Municipality Street' },
  } as unknown as TownProfile,
  timeZone: 'Asia/Hebron',
  slug: 'sindyan',
  hosts: [],
}
const service = (code: string, name: string): PrintedGuide['groups'][number]['services'][number] => ({
  code,
  name,
  summary: 'وصف #strong[هنا].',
  office: 'دائرة الكهرباء',
  time: '6 أيام عمل',
  legalBasis: 'القانون',
  who: 'صاحب الشأن',
  dues: 'تظهر لك ذممك.',
  procedure: ['تقدّم الطلب.', 'تستلم العقد.'],
  known: [],
  papers: [{ name: 'صورة الهوية', note: '' }],
  fees: [{ name: 'رسم طلب', when: 'عند التقديم', amount: '10.00 شيكل' }],
  route: [{ office: 'المركز', name: 'تدقيق', time: 'ساعتان' }],
})
const guide: PrintedGuide = {
  groups: [
    { title: 'الكهرباء', services: [service('ELE-01', 'اشتراك منزلي')] },
    { title: 'المياه', services: [service('WAT-01', 'اشتراك مياه')] },
  ],
}
const at = new Date('2026-11-22T08:00:00Z')

test('the printed guide has a cover, the contents, and each group beginning on a page of its own', () => {
  expect(setGuide(town, guide, at).pages).toBe(4)
})

test('it is the same, byte for byte, all day', () => {
  const later = new Date('2026-11-22T12:34:56Z')
  expect(setGuide(town, guide, later).pdf.equals(setGuide(town, guide, at).pdf)).toBe(true)
  const tomorrow = new Date('2026-11-23T08:00:00Z')
  expect(setGuide(town, guide, tomorrow).pdf.equals(setGuide(town, guide, at).pdf)).toBe(false)
})
