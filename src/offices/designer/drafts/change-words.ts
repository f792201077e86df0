import type { Localized } from '../../../lib/localized.ts'
import { translate } from '../../../lib/texts.ts'
import type { Edit, EditPath } from './edit.ts'
import { changeTexts, partNames } from './strings.ts'
import { isMapping, valueAt } from './text/values.ts'

/** What edits changed, in a few words for the history of a draft: where, and what of it. `content` is what was there before. */
export function changeInWords(edits: readonly Edit[], content: unknown): Localized {
  return { ar: inWords(edits, content, 'ar'), en: inWords(edits, content, 'en') }
}

const most = 3

function inWords(edits: readonly Edit[], content: unknown, locale: 'ar' | 'en'): string {
  const said = [...new Set(edits.map(edit => lineOf(edit, content, locale)))]
  const more =
    said.length > most ? [translate(changeTexts, locale, 'more', { count: said.length - most })] : []
  return [...said.slice(0, most), ...more].join(locale === 'ar' ? '؛ ' : '; ')
}

function lineOf(edit: Edit, content: unknown, locale: 'ar' | 'en'): string {
  const item = edit.op === 'insert' ? nameOf(edit.value, locale) : undefined
  const place = [placeOf(edit.path, content, locale), ...(item === undefined ? [] : [item])].join(
    locale === 'ar' ? ' ← ' : ' → ',
  )
  return translate(changeTexts, locale, edit.op, { place })
}

/** The way to a place: names of sections, and what items are called. */
function placeOf(path: EditPath, content: unknown, locale: 'ar' | 'en'): string {
  const words = path.flatMap((part, at): string[] => {
    const value = valueAt(content, path.slice(0, at + 1))
    const holder = valueAt(content, path.slice(0, at))
    if (Array.isArray(holder))
      return [nameOf(value, locale) ?? (typeof part === 'number' ? String(part + 1) : part)]
    const known = partNames[locale][String(part) as keyof (typeof partNames)['ar']]
    return known === undefined ? [] : known === '' ? [] : [known]
  })
  return words.join(locale === 'ar' ? ' ← ' : ' → ') || translate(changeTexts, locale, 'service')
}

/** What an item is called by people. */
function nameOf(item: unknown, locale: 'ar' | 'en'): string | undefined {
  for (const key of ['name', 'label', 'title', 'words', 'what']) {
    const text = valueAt(item, [key, locale])
    if (typeof text === 'string') return `«${text}»`
  }
  const own = valueAt(item, [locale])
  if (typeof own === 'string') return `«${own.slice(0, 40)}»`
  return isMapping(item) && typeof item.id === 'string' ? item.id : undefined
}
