import type { Field } from '../../../../kernel/definition/index.ts'
import type { EditPath } from '../../drafts/edit.ts'
import type { Place } from '../../sentences/vocabulary.ts'
import type { Control } from '../engine/control.ts'
import { choicesOf, fieldKinds } from './choices.ts'
import { type Desk, type Pane, type SubList, said } from './model.ts'

type Loose = { [key: string]: unknown }
type LooseField = { id?: string; kind?: string; label?: { ar?: string; en?: string }; fields?: LooseField[] }

/** A page of the form. */
export function pagePane(desk: Desk, path: EditPath, item: Loose): Pane {
  const { locale } = desk
  const controls: Control[] = [
    { name: 'title', at: ['title'], label: 'page-title', kind: 'words' },
    {
      name: 'intro',
      at: ['intro'],
      label: 'page-intro',
      kind: 'words',
      optional: true,
      long: true,
      rare: true,
    },
    {
      name: 'when',
      at: ['when'],
      label: 'page-when',
      kind: 'condition',
      optional: true,
      rare: true,
      place: { in: 'form', page: String(item.id) },
    },
  ]
  return {
    path,
    title: said(item.title as LooseField['label'], locale, '…'),
    sort: 'sort-page',
    item,
    controls,
    lists: [fieldList(desk, item.fields as LooseField[] | undefined, 'list-questions')],
    removable: true,
  }
}

/** Kinds of question there: what is handed in on a step is a proof of it, never an answer. */
const kindsAt = (place: 'form' | 'step') =>
  place === 'form' ? fieldKinds : fieldKinds.filter(kind => kind !== 'file')

/** The questions of a page, a step, an opinion or a group. */
export function fieldList(
  { locale }: Desk,
  fields: readonly LooseField[] | undefined,
  title: SubList['title'],
): SubList {
  return {
    name: 'fields',
    title,
    items: (fields ?? []).map((field, at) => ({
      id: field.id ?? at,
      label: said(field.label, locale, field.id),
      note: choicesOf(locale, 'kind', [field.kind ?? 'text'])[0]?.label ?? '',
    })),
    kinds: choicesOf(locale, 'kind', kindsAt(title === 'list-filled' ? 'step' : 'form')),
    asks: 'words',
  }
}

/** One question, of the form or of whoever does a step. */
export function fieldPane(desk: Desk, path: EditPath, item: Loose, place: Place): Pane {
  const { locale } = desk
  const kind = String(item.kind ?? 'text') as Field['kind']
  const ofForm = place.in === 'form'
  const controls: Control[] = [
    { name: 'label', at: ['label'], label: 'field-label', kind: 'words' },
    {
      name: 'kind',
      at: ['kind'],
      label: 'field-kind',
      kind: 'one',
      options: choicesOf(locale, 'kind', kindsAt(ofForm ? 'form' : 'step'), item.kind),
    },
    ...ofKind(desk, kind, item),
    { name: 'optional', at: ['optional'], label: 'field-optional', kind: 'flag' },
    { name: 'sensitive', at: ['sensitive'], label: 'field-sensitive', kind: 'flag' },
    { name: 'hint', at: ['hint'], label: 'field-hint', kind: 'words', optional: true },
    ...(isColumn(path)
      ? []
      : [
          {
            name: 'when',
            at: ['when'],
            label: 'field-when',
            kind: 'condition',
            optional: true,
            place,
          } satisfies Control,
        ]),
    ...(ofForm
      ? [
          {
            name: 'prefill',
            at: ['prefill'],
            label: 'field-prefill',
            hint: 'field-prefill-hint',
            kind: 'one',
            optional: true,
            none: 'none-prefill',
            rare: true,
            options: choicesOf(locale, 'prefill', ['address', 'phone', 'last-answer']),
          } satisfies Control,
        ]
      : []),
  ]
  const lists =
    kind === 'group' ? [fieldList(desk, item.fields as LooseField[] | undefined, 'list-columns')] : []
  return {
    path,
    title: said(item.label as LooseField['label'], locale, '…'),
    sort: 'sort-field',
    item,
    controls,
    lists,
    removable: true,
  }
}

/** A column of a group stands under `fields` twice. */
const isColumn = (path: EditPath): boolean => path.filter(part => part === 'fields').length > 1

function ofKind({ locale }: Desk, kind: Field['kind'], item: Loose): Control[] {
  const bounds = (
    min: 'min-letters' | 'min-value' | 'min-rows' | 'min-chosen',
    max: 'max-letters' | 'max-value' | 'max-rows' | 'max-chosen',
    decimal = false,
  ): Control[] => [
    {
      name: 'min',
      at: ['min'],
      label: min,
      kind: 'number',
      optional: true,
      rare: true,
      ...(decimal && { decimal: true as const }),
    },
    {
      name: 'max',
      at: ['max'],
      label: max,
      kind: 'number',
      optional: true,
      rare: true,
      ...(decimal && { decimal: true as const }),
    },
  ]
  const options: Control = {
    name: 'options',
    at: ['options'],
    label: 'options',
    hint: 'options-hint',
    kind: 'options',
  }
  const currencies = choicesOf(locale, 'currency', ['ILS', 'JOD', 'USD'])
  switch (kind) {
    case 'text':
    case 'long-text':
      return bounds('min-letters', 'max-letters')
    case 'whole-number':
      return bounds('min-value', 'max-value')
    case 'decimal':
      return bounds('min-value', 'max-value', true)
    case 'money':
      return [
        { name: 'currency', at: ['currency'], label: 'currency', kind: 'one', options: currencies },
        ...bounds('min-value', 'max-value', true),
      ]
    case 'date':
      return [
        {
          name: 'range',
          at: ['range'],
          label: 'field-range',
          kind: 'one',
          optional: true,
          none: 'any-day',
          options: choicesOf(locale, 'range', ['past', 'future']),
        },
      ]
    case 'choice':
      return [options]
    case 'multiple':
      return [options, ...bounds('min-chosen', 'max-chosen')]
    case 'group':
      return bounds('min-rows', 'max-rows').map(({ rare: _, ...control }) => control as Control)
    case 'account':
      return [
        {
          name: 'accountKind',
          at: ['accountKind'],
          label: 'account-kind',
          kind: 'one',
          options: choicesOf(locale, 'group', ['electricity', 'water'], item.accountKind),
        },
        {
          name: 'billing',
          at: ['billing'],
          label: 'account-billing',
          kind: 'one',
          optional: true,
          none: 'any-billing',
          options: choicesOf(locale, 'billing', ['prepaid', 'billed']),
        },
      ]
    default:
      return []
  }
}
