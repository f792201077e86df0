import type { Field, ServiceDefinition } from '../../../kernel/definition/index.ts'
import { commonScope, fieldScope, wholeScope } from '../../../kernel/definition/scope.ts'
import type { FeelScope } from '../../../kernel/feel/index.ts'
import { inLocale, type Locale } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { officesOf } from '../../people/index.ts'
import { effectNames } from '../../requests/index.ts'
import type { DraftContent } from '../model.ts'
import { type Subject, vocabularyOf } from '../sentences/vocabulary.ts'
import type { Control } from './engine/control.ts'
import type { Desk } from './panes/model.ts'
import { nameOf } from './strings.ts'

const templates = [
  'paper',
  'clearance',
  'residence-certificate',
  'electricity-contract',
  'water-contract',
] as const

/** What the panes of a draft choose from, as the town has it. */
export async function deskOf(tx: Read, content: DraftContent, locale: Locale): Promise<Desk> {
  const offices = await officesOf(tx)
  const catalogue = await catalogueOf(tx)
  return {
    locale,
    content,
    offices: offices.map(office => ({ value: office.code, label: inLocale(office.name, locale) })),
    effects: effectNames().map(value => ({ value, label: nameOf(locale, 'effect', value) })),
    services: catalogue.offered
      .filter(each => each.code !== content.code)
      .map(({ code, service }) => ({ value: code, label: inLocale(service.definition.name, locale) })),
    templates: templates.map(value => ({ value, label: nameOf(locale, 'template', value) })),
  }
}

/** What a control's sentences may ask about. */
export const subjectsFor =
  ({ content, locale }: Desk) =>
  (control: Control): Subject[] =>
    'place' in control ? vocabularyOf(content, control.place, locale) : []

/** The names a formula of a draft may use, as far as its questions are whole. */
export function scopeOf(content: DraftContent, definition: ServiceDefinition | undefined): FeelScope {
  if (definition) return wholeScope(definition)
  const pages = content.form?.pages ?? []
  const steps = content.steps ?? []
  const fields = [...pages.flatMap(page => page.fields ?? []), ...steps.flatMap(step => step.fields ?? [])]
  const whole = fields.filter(field => field.id && field.kind) as Field[]
  const tariffs = (content.tariffs ?? []).filter(row => row.key && row.currency)
  return { ...fieldScope(whole), ...commonScope({ tariffs } as ServiceDefinition) }
}
