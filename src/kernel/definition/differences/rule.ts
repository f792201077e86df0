import type { Feel, Field, Localized, ServiceDefinition } from '../model.ts'
import { answerFields, officerFields } from '../scope.ts'
import { values } from './values.ts'

type Locale = keyof Localized
const quoted: Record<Locale, (text: string) => string> = { ar: text => `«${text}»`, en: text => `“${text}”` }
const and = { ar: ' و', en: ' and ' }
const or = { ar: ' أو ', en: ' or ' }

const signs: Readonly<Record<string, Localized>> = {
  '=': { ar: 'هو', en: 'is' },
  '!=': { ar: 'ليس', en: 'is not' },
  '>': { ar: 'أكثر من', en: 'is over' },
  '>=': { ar: 'لا يقل عن', en: 'is at least' },
  '<': { ar: 'أقل من', en: 'is under' },
  '<=': { ar: 'لا يزيد على', en: 'is at most' },
}

/** A rule as people say it where it is simple; the formula itself where it is not. */
export function ruleInWords(rule: Feel, definition: ServiceDefinition): Localized {
  const fields = new Map(
    [...answerFields(definition), ...officerFields(definition)].map(field => [field.id, field]),
  )
  const said = (locale: Locale) => conditionIn(rule, fields, locale) ?? amountIn(rule, fields, locale) ?? rule
  return { ar: said('ar'), en: said('en') }
}

type Fields = ReadonlyMap<string, Field>

function conditionIn(rule: string, fields: Fields, locale: Locale): string | undefined {
  for (const [word, joined] of [
    [' or ', or],
    [' and ', and],
  ] as const) {
    const pieces = rule.split(word)
    if (pieces.length === 1) continue
    const other = word === ' or ' ? ' and ' : ' or '
    if (pieces.some(piece => piece.includes(other))) return undefined
    const said = pieces.map(piece => testIn(piece.trim(), fields, locale))
    return said.every(piece => piece !== undefined) ? said.join(joined[locale]) : undefined
  }
  return testIn(rule.trim(), fields, locale)
}

const comparison = /^([A-Za-z]\w*)\s*(!=|>=|<=|=|>|<)\s*("[^"]*"|-?\d+(?:\.\d+)?|true|false|null)$/
const oneOf = /^([A-Za-z]\w*)\s+in\s*[([]([^()[\]]*)[)\]]$/

/** One comparison: a question, what it is compared by, and with what. */
function testIn(test: string, fields: Fields, locale: Locale): string | undefined {
  const [, listed, list] = oneOf.exec(test) ?? []
  if (listed !== undefined && list !== undefined) {
    const named = subjectIn(listed, fields, locale)
    const options = list.split(',').map(option => valueIn(option.trim(), listed, fields, locale))
    return named && `${named} ${locale === 'ar' ? 'هو' : 'is'} ${options.join(or[locale])}`
  }
  const [, name, sign, value] = comparison.exec(test) ?? []
  if (name === undefined || sign === undefined || value === undefined) return undefined
  const named = subjectIn(name, fields, locale)
  if (!named) return undefined
  if (value === 'null') {
    const open = { ar: 'بلا جواب', en: 'is not answered' }
    const given = { ar: 'له جواب', en: 'is answered' }
    return `${named} ${(sign === '=' ? open : given)[locale]}`
  }
  return `${named} ${signs[sign]?.[locale]} ${valueIn(value, name, fields, locale)}`
}

function subjectIn(name: string, fields: Fields, locale: Locale): string | undefined {
  if (name === 'capacity') return locale === 'ar' ? 'مقدم الطلب' : 'the applicant'
  if (name === 'channel') return locale === 'ar' ? 'طريق التقديم' : 'the way of filing'
  if (name === 'today') return locale === 'ar' ? 'اليوم' : 'the day'
  const label = fields.get(name)?.label[locale]
  return label === undefined ? undefined : quoted[locale](label)
}

function valueIn(value: string, name: string, fields: Fields, locale: Locale): string {
  if (value === 'true') return locale === 'ar' ? 'نعم' : 'yes'
  if (value === 'false') return locale === 'ar' ? 'لا' : 'no'
  if (!value.startsWith('"')) return value
  const text = value.slice(1, -1)
  const common = name === 'capacity' ? values.applicants : name === 'channel' ? values.channels : undefined
  if (common) return common[text]?.[locale] ?? text
  const option = fields.get(name)?.options?.find(({ id }) => id === text)
  return quoted[locale](option?.label[locale] ?? text)
}

const factor = /^(?:tariff\.(\w+)|([A-Za-z]\w*)|money\((\d+(?:\.\d+)?),\s*"(\w+)"\)|(\d+(?:\.\d+)?))$/

/** An amount that is a tariff, or a product of tariffs and answers. */
function amountIn(rule: string, fields: Fields, locale: Locale): string | undefined {
  const said = rule.split('*').map(piece => {
    const [, tariff, name, amount, currency, figure] = factor.exec(piece.trim()) ?? []
    if (tariff !== undefined) return `${locale === 'ar' ? 'قيمة' : 'the amount'} ${quoted[locale](tariff)}`
    if (name !== undefined) return subjectIn(name, fields, locale)
    return amount === undefined ? figure : `${amount} ${currency}`
  })
  return said.every(piece => piece !== undefined) ? said.join(' × ') : undefined
}
