import { sheetSlots } from '../../../../kernel/form/index.ts'
import type { EditPath } from '../../drafts/edit.ts'
import type { Choice, Control } from '../engine/control.ts'
import { nameOf, type PartKey, partWord } from '../strings.ts'
import {
  capacityNames,
  channelNames,
  choicesOf,
  everyField,
  groupNames,
  roleNames,
  withPresent,
} from './choices.ts'
import { type Desk, type Pane, said } from './model.ts'

type Loose = { [key: string]: unknown }
type Words = { ar?: string; en?: string } | undefined

/** A paper the service ends in. */
export function outputPane(desk: Desk, path: EditPath, item: Loose): Pane {
  const { locale, content, templates } = desk
  const controls: Control[] = [
    { name: 'name', at: ['name'], label: 'output-name', kind: 'words' },
    {
      name: 'kind',
      at: ['kind'],
      label: 'output-kind',
      kind: 'one',
      options: choicesOf(locale, 'output', ['certificate', 'licence', 'contract', 'letter'], item.kind),
    },
    {
      name: 'body',
      at: ['body'],
      label: 'output-body',
      hint: 'output-body-hint',
      kind: 'filled',
      sms: false,
      names: sheetNames(desk),
      first: sheetSlots.length + 1,
      examples: sheetExamples(desk),
    },
    {
      name: 'rows',
      at: ['rows'],
      label: 'output-rows',
      hint: 'output-rows-hint',
      kind: 'many',
      optional: true,
      options: everyField(content, locale),
    },
    {
      name: 'signer',
      at: ['signer'],
      label: 'output-signer',
      kind: 'one',
      options: choicesOf(locale, 'role', roleNames, item.signer),
    },
    {
      name: 'form',
      at: ['form'],
      label: 'output-form',
      kind: 'one',
      optional: true,
      none: 'form-electronic',
      options: choicesOf(locale, 'form', ['wet', 'sealed']),
    },
    {
      name: 'validDays',
      at: ['validDays'],
      label: 'output-valid',
      hint: 'output-valid-hint',
      kind: 'number',
      optional: true,
      unit: 'days',
    },
    {
      name: 'template',
      at: ['template'],
      label: 'output-template',
      kind: 'one',
      options: withPresent(templates, item.template),
      rare: true,
    },
  ]
  return {
    path,
    title: said(item.name as Words, locale, '…'),
    sort: 'sort-output',
    item,
    controls,
    lists: [],
    removable: true,
  }
}

function sheetNames({ locale, content }: Desk): Choice[] {
  const sessions = (content.steps ?? []).filter(step => step.kind === 'committee' && step.id)
  const slot = (value: string, key: PartKey, values = {}) => ({ value, label: partWord(locale, key, values) })
  return [
    ...sheetSlots.map(name => slot(name, `slot-${name}`)),
    slot('place', 'slot-place'),
    ...sessions.flatMap(step =>
      (['decision', 'session', 'sessionDate'] as const).map(what =>
        slot(`${what}.${step.id}`, `slot-${what}`, { step: said(step.name, locale, step.id) }),
      ),
    ),
    ...everyField(content, locale),
  ]
}

function sheetExamples(desk: Desk): Map<string, string> {
  return new Map(sheetNames(desk).map(({ value, label }) => [value, `‹${label}›`]))
}

/** What the citizen reads of the service before filing. */
export function sheetPane({ locale, content, offices }: Desk): Pane {
  const controls: Control[] = [
    { name: 'name', at: ['name'], label: 'sheet-name', kind: 'words' },
    { name: 'summary', at: ['summary'], label: 'sheet-summary', kind: 'words', long: true },
    {
      name: 'keywords',
      at: ['keywords'],
      label: 'sheet-keywords',
      hint: 'sheet-keywords-hint',
      kind: 'list',
    },
    { name: 'time', at: ['guide', 'time', 'value'], label: 'sheet-time', kind: 'number' },
    {
      name: 'unit',
      at: ['guide', 'time', 'unit'],
      label: 'sheet-unit',
      kind: 'one',
      options: choicesOf(locale, 'unit', ['workingDays', 'hours', 'minutes']),
    },
    {
      name: 'confirmed',
      at: ['guide', 'time', 'confirmed'],
      label: 'sheet-confirmed',
      kind: 'flag',
      always: true,
    },
    {
      name: 'channels',
      at: ['channels'],
      label: 'sheet-channels',
      kind: 'many',
      options: wordsOf(locale, 'way', channelNames),
    },
    {
      name: 'applicants',
      at: ['applicants'],
      label: 'sheet-applicants',
      kind: 'many',
      options: wordsOf(locale, 'who', capacityNames),
    },
    { name: 'legal', at: ['guide', 'legalBasis'], label: 'sheet-legal', kind: 'words', long: true },
    {
      name: 'procedure',
      at: ['guide', 'procedure'],
      label: 'sheet-procedure',
      hint: 'sheet-procedure-hint',
      kind: 'lines',
    },
    {
      name: 'group',
      at: ['group'],
      label: 'sheet-group',
      kind: 'one',
      options: choicesOf(locale, 'group', groupNames, content.group),
      rare: true,
    },
    {
      name: 'office',
      at: ['guide', 'office'],
      label: 'sheet-office',
      kind: 'one',
      options: withPresent(offices, content.guide?.office),
      rare: true,
    },
  ]
  return {
    path: [],
    title: said(content.name, locale),
    sort: 'sort-sheet',
    item: content,
    controls,
    lists: [],
    removable: false,
  }
}

const wordsOf = (locale: Desk['locale'], kind: string, values: readonly string[]): Choice[] =>
  values.map(value => ({ value, label: nameOf(locale, kind, value) }))

/** A reason for refusing, decided beforehand. */
export function groundPane({ locale }: Desk, path: EditPath, item: Loose): Pane {
  const controls: Control[] = [
    { name: 'words', at: ['words'], label: 'ground-words', kind: 'words' },
    { name: 'inWords', at: ['inWords'], label: 'ground-in-words', kind: 'flag' },
  ]
  return {
    path,
    title: said(item.words as Words, locale, '…'),
    sort: 'sort-ground',
    item,
    controls,
    lists: [],
    removable: true,
  }
}

/** A fact nobody verified yet. */
export function confirmPane({ locale }: Desk, path: EditPath, item: Loose): Pane {
  const controls: Control[] = [
    { name: 'what', at: ['what'], label: 'confirm-what', kind: 'words', long: true },
  ]
  return {
    path,
    title: said(item.what as Words, locale, '…'),
    sort: 'sort-confirm',
    item,
    controls,
    lists: [],
    removable: true,
  }
}
