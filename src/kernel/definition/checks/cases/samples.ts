import type { Answer, Answers, Field } from '../../model.ts'
import { type Constants, datesAround, numbersAround } from './constants.ts'

/** Options beyond this many are tried only where a rule names them. */
const fewOptions = 8
const place = { block: '3', quarter: 'الحارة', parcel: '118', landmark: 'المسجد' }

/** Answers that stand for all there may be: at the constants of the rules, beside them, and at the bounds of the field. */
export function samplesOf(field: Field, constants: Constants, today: string): Answer[] {
  const { min, max } = field
  switch (field.kind) {
    case 'yes-no':
      return [true, false]
    case 'choice':
      return optionsOf(field, constants)
    case 'multiple':
      return selections(optionsOf(field, constants), min ?? 1, max ?? Number.MAX_SAFE_INTEGER)
    case 'whole-number':
      return numbersAround(constants.numbers, min, max, true)
    case 'decimal':
      return numbersAround(constants.numbers, min, max)
    case 'money': {
      const currency = field.currency ?? 'ILS'
      const places = currency === 'JOD' ? 1_000 : 100
      const amounts = numbersAround(constants.numbers, min ?? 0, max)
      return amounts.map(amount => ({ minor: Math.round(amount * places), currency }))
    }
    case 'date':
      return datesAround(constants, today).filter(day =>
        field.range === 'past' ? day <= today : field.range === 'future' ? day >= today : true,
      )
    case 'address':
      return [
        place,
        { ...place, quarter: '', landmark: '' },
        { block: '', quarter: '', parcel: '', landmark: 'المسجد' },
        { ...place, parcel: '' },
        ...constants.texts.map(text => ({ ...place, quarter: text, block: text })),
      ]
    case 'map-point':
      return numbersAround(constants.numbers, -90, 90).map(n => ({ lat: n, lon: n }))
    case 'person':
      return ['900000007', ''].map(nationalId => {
        return { first: 'سامر', father: 'علي', grandfather: 'حسن', family: 'قطب', nationalId }
      })
    case 'group':
      return rowsOf(field, constants, today)
    default:
      return texts(constants, min ?? 0, max ?? 1_000)
  }
}

function optionsOf({ options = [] }: Field, { texts }: Constants): string[] {
  const ids = options.map(({ id }) => id)
  if (ids.length <= fewOptions) return ids
  const named = ids.filter(id => texts.includes(id))
  return [...named, ...ids.filter(id => !named.includes(id)).slice(0, 2)]
}

function selections(options: readonly string[], min: number, max: number): string[][] {
  const pairs = options.slice(0, 5).flatMap((a, i) => options.slice(i + 1, 5).map(b => [a, b]))
  const but = options.map(option => options.filter(other => other !== option))
  const all = [...options.map(option => [option]), [...options], ...but, ...pairs]
  return all.filter(chosen => chosen.length >= min && chosen.length <= max)
}

function texts({ texts: named, numbers }: Constants, min: number, max: number): string[] {
  const lengths = [...new Set([min, Math.min(max, 1_000), ...numbers.flatMap(n => [n - 1, n, n + 1])])]
  const filled = lengths.filter(n => n > 0 && n <= 1_000 && Number.isInteger(n)).map(n => 'س'.repeat(n))
  const fitting = [...named, ...named.map(text => `${text} س`), ...filled, 'س'].filter(
    text => text.length >= min && text.length <= max,
  )
  return fitting.length > 0 ? [...new Set(fitting)] : ['س'.repeat(Math.max(1, min))]
}

/** Lists of rows: each kind of row alone, all of them, and as many rows as the rules count. */
function rowsOf(group: Field, constants: Constants, today: string): Answers[][] {
  const inner = (group.fields ?? []).map(field => ({
    id: field.id,
    samples: samplesOf(field, constants, today),
  }))
  const kinds = Math.min(8, Math.max(1, ...inner.map(({ samples }) => samples.length)))
  const row = (k: number): Answers =>
    Object.fromEntries(inner.map(({ id, samples }) => [id, samples[k % Math.max(1, samples.length)]]))
  const [fewest, most] = [Math.max(1, group.min ?? 1), Math.min(40, group.max ?? 20)]
  const counts = [fewest, most, kinds, ...constants.numbers.flatMap(n => [n - 1, n, n + 1])]
  const fitting = [...new Set(counts)].filter(n => Number.isInteger(n) && n >= fewest && n <= most)
  return fitting.flatMap(count =>
    Array.from({ length: kinds }, (_, k) => Array.from({ length: count }, () => row(k))).concat([
      Array.from({ length: count }, (_, i) => row(i)),
    ]),
  )
}
