import type { Finding, Path } from '../faults.ts'
import type { ServiceDefinition } from '../model.ts'

const arabic = /\p{Script=Arabic}/u
/** Signs both languages write the same. */
const units = /\b(?:m|cm|mm|km|kg|kV|kVA|kW|kWh|m2|m3|pH)\b/g
const names = /\{[^{}]*\}/g

/**
 * Every text in both languages: the Arabic has Arabic letters (or none that would need translating: figures, units, capitals such as GIS),
 * and the English has none. Answers of examples are not texts of the service.
 */
export function checkTranslations({ examples = [], ...definition }: ServiceDefinition): Finding[] {
  const named = examples.map(({ name }) => name)
  return [...texts(definition, []), ...named.flatMap((name, i) => texts(name, ['examples', i, 'name']))]
}

function texts(value: unknown, path: Path): Finding[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => texts(item, [...path, i]))
  if (typeof value !== 'object' || value === null) return []
  const { ar, en } = value as { ar?: unknown; en?: unknown }
  if (typeof ar === 'string' && typeof en === 'string') return inBoth(ar, en, path)
  return Object.entries(value).flatMap(([key, item]) => texts(item, [...path, key]))
}

function inBoth(ar: string, en: string, path: Path): Finding[] {
  const findings: Finding[] = []
  const told = ar.replace(names, '').replace(units, '')
  if (!arabic.test(told) && /[a-z]/.test(told))
    findings.push({ path: [...path, 'ar'], code: 'words-not-arabic' })
  if (arabic.test(en.replace(names, ''))) findings.push({ path: [...path, 'en'], code: 'words-not-english' })
  return findings
}
