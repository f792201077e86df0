import { isPlausibleName, normaliseForSearch, searchTokens } from '../../../lib/arabic.ts'

export type NameParts = { first: string; father: string; grandfather: string; family: string }

const bodies =
  /^(?:شركة|شركه|جمعية|جمعيه|مؤسسة|مؤسسه|مسجد|جامع|كنيسة|مدرسة|مدرسه|مصنع|محل|محلات|مكتب|بلدية|مجلس|وزارة|نادي|نادى|مستشفى|عيادة|صيدلية|مطعم|سوبرماركت|بنك|company|school|association)\s/iu

/** Whether a name is that of a body and no person's. */
export const isOrganisation = (name: string): boolean => bodies.test(`${name} `)

/** Words that open a name of two words: عبد الله, أبو خالد. */
const opens = new Set(['عبد', 'ابو', 'أبو', 'ابن', 'بن', 'آل', 'ال', 'ام', 'أم'])
const closes = new Set(['الدين', 'الله'])

/** A whole name in its four parts: the first word, the last, and what stands between. */
export function splitName(whole: string): NameParts {
  const words: string[] = []
  let open = false
  for (const word of whole.split(' ').filter(Boolean)) {
    const last = words.length - 1
    if (words[last] !== undefined && (open || (closes.has(word) && last >= 0)))
      words[last] = `${words[last]} ${word}`
    else words.push(word)
    open = opens.has(word)
  }
  const [first = '', ...rest] = words
  if (rest.length <= 1) return { first, father: '', grandfather: '', family: rest[0] ?? '' }
  if (rest.length === 2) return { first, father: rest[0] ?? '', grandfather: '', family: rest[1] ?? '' }
  return {
    first,
    father: rest[0] ?? '',
    grandfather: rest[1] ?? '',
    family: rest.slice(2).join(' '),
  }
}

export const wholeName = (name: NameParts): string =>
  [name.first, name.father, name.grandfather, name.family].filter(Boolean).join(' ')

/** Why a name cannot be taken; undefined when it can. */
export function nameFault(name: NameParts, organisation: boolean): string | undefined {
  const whole = wholeName(name)
  if (whole === '') return 'name-missing'
  if (organisation) return /\p{L}{2}/u.test(whole) ? undefined : 'name-unreadable'
  const parts = [name.first, name.father, name.grandfather, name.family].filter(Boolean)
  return parts.every(part => isPlausibleName(part) || /^\p{L}\.?$/u.test(part))
    ? undefined
    : 'name-unreadable'
}

/** The name as it is compared. */
export const comparable = (name: string): string => normaliseForSearch(name)

/**
 * Whether two names can be of one person, spelt or shortened otherwise: the first words are alike and so is at least one other, or all the
 * words of the shorter one are in the longer.
 */
export function namesAgree(one: string, other: string): boolean {
  const [a, b] = [searchTokens(one), searchTokens(other)]
  if (a.length === 0 || b.length === 0) return false
  const shared = a.filter(token => b.some(each => alike(token, each)))
  if (shared.length === Math.min(a.length, b.length)) return true
  return alike(a[0] ?? '', b[0] ?? '') && shared.length >= 2
}

/** Equal, or one letter more, fewer or other in words of four letters and more: a slip of the typist. */
function alike(one: string, other: string): boolean {
  if (one === other) return true
  if (Math.min(one.length, other.length) < 4 || Math.abs(one.length - other.length) > 1) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const [restOne, restOther] = [one.slice(at), other.slice(at)]
  return (
    restOne.slice(1) === restOther.slice(1) ||
    restOne.slice(1) === restOther ||
    restOne === restOther.slice(1)
  )
}
