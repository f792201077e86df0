import { formatMessage } from '../../../lib/texts.ts'
import { isMap, itemId } from '../merge/edits.ts'
import type { Localized, ServiceDefinition } from '../model.ts'
import { ruleInWords } from './rule.ts'
import { values } from './values.ts'
import { items } from './vocabulary.ts'

/** Names of the town for what definitions call by code; without them the codes stand. */
export type TownNames = { offices?: ReadonlyMap<string, Localized>; roles?: ReadonlyMap<string, Localized> }

const both = (text: string): Localized => ({ ar: text, en: text })
const t = (ar: string, en: string): Localized => ({ ar, en })
const nothing = t('لا شيء', 'none')

const counts: Readonly<Record<string, Localized>> = {
  hours: t(
    '{n, plural, =0 {بلا مهلة} one {ساعة واحدة} two {ساعتان} few {{n} ساعات} other {{n} ساعة}}',
    '{n, plural, =0 {no time} one {1 hour} other {{n} hours}}',
  ),
  days: t(
    '{n, plural, one {يوم واحد} two {يومان} few {{n} أيام} other {{n} يومًا}}',
    '{n, plural, one {1 day} other {{n} days}}',
  ),
  workingDays: t(
    '{n, plural, one {يوم عمل واحد} two {يوما عمل} few {{n} أيام عمل} other {{n} يوم عمل}}',
    '{n, plural, one {1 working day} other {{n} working days}}',
  ),
  minutes: t(
    '{n, plural, one {دقيقة واحدة} two {دقيقتان} few {{n} دقائق} other {{n} دقيقة}}',
    '{n, plural, one {1 minute} other {{n} minutes}}',
  ),
}
const unitOf: Readonly<Record<string, string>> = {
  hours: 'hours',
  afterHours: 'hours',
  days: 'days',
  lapseDays: 'days',
  validDays: 'days',
}

const counted = (unit: string, n: number): Localized => {
  const words = counts[unit]
  if (!words) return both(String(n))
  return { ar: formatMessage(words.ar, 'ar', { n }), en: formatMessage(words.en, 'en', { n }) }
}

/** A list in words: the last one is joined as people do. */
const joined = (all: readonly Localized[], by: Localized = t('، ', ', ')): Localized =>
  all.length === 0
    ? nothing
    : { ar: all.map(({ ar }) => ar).join(by.ar), en: all.map(({ en }) => en).join(by.en) }

const isText = (value: unknown): value is Localized =>
  isMap(value) && typeof value.ar === 'string' && typeof value.en === 'string'

/** What an item of a list is called by people. */
export function nameOf(value: unknown, key: string, id: string): Localized {
  const known = values[key]?.[id]
  if (known) return known
  if (!isMap(value)) return both(id)
  if (typeof value.key === 'string' && typeof value.from === 'string') {
    return t(`«${value.key}» من ${value.from}`, `“${value.key}” from ${value.from}`)
  }
  const named = [value.name, value.label, value.title, value.words, value.what].find(isText)
  return named ?? (typeof value.service === 'string' ? both(value.service) : both(id))
}

/** A value as people read it, by the key it stands under; `definition` gives rules and steps their names. */
export function valueInWords(
  value: unknown,
  key: string,
  definition: ServiceDefinition,
  names: TownNames,
): Localized {
  const inside = (item: unknown, under: string) => valueInWords(item, under, definition, names)
  if (value === undefined || value === null) return nothing
  if (isText(value)) return value
  if (typeof value === 'boolean') return value ? t('نعم', 'yes') : t('لا', 'no')
  if (typeof value === 'number') return counted(unitOf[key] ?? '', value)
  if (typeof value === 'string') {
    if (key === 'when' || key === 'amount') return ruleInWords(value, definition)
    if (key === 'to' || key === 'office') return stepOrOffice(value, key, definition, names)
    if (key === 'role' || key === 'signer') return names.roles?.get(value) ?? both(value)
    return values[key === 'feePoint' ? 'at' : key]?.[value] ?? both(value)
  }
  if (Array.isArray(value)) {
    const by = key in items || key === 'procedure' ? t('، ', ', ') : t('؛ ', '; ')
    const named = value.map(item => {
      const id = itemId(item)
      return id === undefined ? inside(item, key) : nameOf(item, key, id)
    })
    return joined(named, by)
  }
  if (isMap(value)) return mapInWords(value, inside)
  return nothing
}

function stepOrOffice(
  code: string,
  key: string,
  { steps }: ServiceDefinition,
  { offices }: TownNames,
): Localized {
  const step = key === 'to' ? steps.find(({ id }) => id === code)?.name : undefined
  return step ?? offices?.get(code) ?? both(code)
}

type Map = Record<string, unknown>

/** Small things that are said in one breath: a time, a branch, a rung, a limit, when it is enough. */
function mapInWords(value: Map, inside: (item: unknown, key: string) => Localized): Localized {
  const { unit, to, office, when, atLeast, afterHours, role, currency, minor } = value
  if (typeof unit === 'string' && typeof value.value === 'number') return counted(unit, value.value)
  if (typeof atLeast === 'number') return t(`${atLeast} على الأقل`, `at least ${atLeast}`)
  if (typeof afterHours === 'number') {
    const [after, whom] = [counted('hours', afterHours), inside(role, 'role')]
    return t(`بعد ${after.ar}: ${whom.ar}`, `after ${after.en}: ${whom.en}`)
  }
  if (to !== undefined || office !== undefined) {
    const target = inside(to ?? office, to === undefined ? 'office' : 'to')
    if (when === undefined) return target
    const condition = inside(when, 'when')
    return t(`إذا كان ${condition.ar}: ${target.ar}`, `if ${condition.en}: ${target.en}`)
  }
  if (typeof currency === 'string' && minor !== undefined) return both(`${minor} ${currency}`)
  return joined(Object.entries(value).map(([key, item]) => inside(item, key)))
}
