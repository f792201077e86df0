import type { Localized } from '../../lib/localized.ts'
import type { Post } from './town.ts'

/** Offices whose people go out to the streets. */
export const crewOffices: readonly { code: string; name: Localized }[] = [
  { code: 'works', name: { ar: 'دائرة الأشغال والطرق', en: 'Works and roads' } },
  { code: 'health', name: { ar: 'دائرة الصحة والبيئة', en: 'Health and environment' } },
]

const post = (
  login: string,
  name: [ar: string, en: string],
  title: [ar: string, en: string],
  office: string,
  role: Post['role'],
): Post => ({
  login,
  name: { ar: name[0], en: name[1] },
  title: { ar: title[0], en: title[1] },
  office,
  role,
})

export const crew: readonly Post[] = [
  post(
    'works-head',
    ['م. عمر زكريا الرجبي', 'Omar Rajabi'],
    ['مدير دائرة الأشغال', 'Head of works'],
    'works',
    'head',
  ),
  post(
    'jihad',
    ['جهاد محمود أبو عرام', 'Jihad Abu Aram'],
    ['مراقب طرق', 'Road inspector'],
    'works',
    'officer',
  ),
  post(
    'saleh',
    ['صالح عيسى مخامرة', 'Saleh Makhamreh'],
    ['مراقب أعمال', 'Works inspector'],
    'works',
    'officer',
  ),
  post(
    'health-head',
    ['د. منال يوسف جبارين', 'Manal Jabareen'],
    ['مديرة الصحة والبيئة', 'Head of health'],
    'health',
    'head',
  ),
  post(
    'khaled',
    ['خالد نواف الهريني', 'Khaled Hrini'],
    ['مفتش صحة', 'Health inspector'],
    'health',
    'officer',
  ),
]
