import { shortDate } from '../../lib/dates.ts'
import { inLocale, type Locale } from '../../lib/localized.ts'
import { formatMoney, type Money } from '../../lib/money.ts'
import { formatPhone } from '../../lib/phone.ts'
import { translate } from '../../lib/texts.ts'
import type { CompiledField, CompiledService } from '../definition/compiled.ts'
import type {
  AddressAnswer,
  Answer,
  Answers,
  Field,
  MapPointAnswer,
  PersonAnswer,
} from '../definition/model.ts'
import { isAnswered } from './inspect.ts'
import type { ReadPage } from './model.ts'
import { strings } from './strings.ts'

/** What the town calls its levels of land, where it is not حوض and قطعة: «{value}» stands for the number. */
export type LandWords = { block: string; parcel: string }

type Setting = { locale: Locale; land: Partial<LandWords> }

/**
 * Questions and answers as they were read, in words: what is frozen when the request is filed. Takes the pruned answers; a question
 * that was not asked, or was left blank, does not appear. Accounts and files appear by their reference, which the page may link.
 */
export function renderAnswers(
  service: CompiledService,
  answers: Answers,
  locale: Locale,
  land: Partial<LandWords> = {},
): ReadPage[] {
  const setting = { locale, land }
  return service.pages.flatMap(({ page, fields }) => {
    const items = fields.flatMap(field => renderField(field, answers, setting))
    return items.length === 0 ? [] : [{ page: inLocale(page.title, locale), items }]
  })
}

function renderField({ id, field }: CompiledField, answers: Answers, setting: Setting): ReadPage['items'] {
  const answer = answers[id]
  if (!isAnswered(answer)) return []
  const label = inLocale(field.label, setting.locale)
  if (field.kind !== 'group') return [{ label, value: answerInWords(field, answer, setting) }]
  return (answer as Answers[]).flatMap((row, i) => {
    const number = translate(strings, setting.locale, 'row', { label, number: String(i + 1) })
    return (field.fields ?? []).flatMap(inner => {
      const value = row[inner.id]
      if (!isAnswered(value)) return []
      return [
        {
          label: `${number}: ${inLocale(inner.label, setting.locale)}`,
          value: answerInWords(inner, value, setting),
        },
      ]
    })
  })
}

/** One answer in words; a list's answer has none of its own. */
export function answerInWords(field: Field, answer: Answer, { locale, land }: Setting): string {
  const and = strings[locale].and
  switch (field.kind) {
    case 'choice':
      return optionLabel(field, answer as string, locale)
    case 'multiple':
      return (answer as string[]).map(id => optionLabel(field, id, locale)).join(and)
    case 'yes-no':
      return strings[locale][answer ? 'yes' : 'no']
    case 'money':
      return formatMoney(answer as Money, locale)
    case 'date':
      return shortDate(answer as string, { locale, timeZone: 'UTC' })
    case 'phone':
      return formatPhone(answer as string)
    case 'address':
      return renderAddress(answer as AddressAnswer, { locale, land }).join(and)
    case 'person':
      return renderPerson(answer as PersonAnswer, locale).join(and)
    case 'map-point': {
      const { lat, lon } = answer as MapPointAnswer
      return `${lat}, ${lon}`
    }
    default:
      return String(answer)
  }
}

function optionLabel(field: Field, id: string, locale: Locale): string {
  const option = field.options?.find(candidate => candidate.id === id)
  return option ? inLocale(option.label, locale) : id
}

function renderAddress(address: AddressAnswer, { locale, land }: Setting): string[] {
  return (['block', 'quarter', 'parcel', 'landmark'] as const).flatMap(key => {
    const value = address[key]
    if (value === '') return []
    const own = key === 'block' || key === 'parcel' ? land[key] : undefined
    return [(own ?? strings[locale][key]).replace('{value}', () => value)]
  })
}

function renderPerson(person: PersonAnswer, locale: Locale): string[] {
  const name = [person.first, person.father, person.grandfather, person.family]
    .filter(part => part !== '')
    .join(' ')
  if (person.nationalId === '') return [name]
  return [name, strings[locale].nationalId.replace('{value}', () => person.nationalId)]
}
