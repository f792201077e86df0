import { messageVariables } from '../../../../kernel/definition/checks/variables.ts'
import type { MessageEvent } from '../../../../kernel/definition/index.ts'
import { sheetSlots } from '../../../../kernel/form/index.ts'
import type { EditPath } from '../../drafts/edit.ts'
import type { DraftContent } from '../../model.ts'
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
      ...{
        name: 'body',
        at: ['body'],
        label: 'output-body',
        hint: 'output-body-hint',
        kind: 'filled',
        sms: false,
      },
      ...{ names: sheetNames(desk), first: sheetSlots.length + 1, examples: sheetExamples(desk) },
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

/** What is told on an occasion. */
export function messagePane(desk: Desk, event: MessageEvent, item: Loose): Pane {
  const { locale, content } = desk
  const names = [
    ...messageVariables[event].map(name => ({ value: name, label: nameOf(locale, 'var', name) })),
    ...everyField(content, locale).filter(({ value }) => fitForMessages(content).has(value)),
  ]
  const control: Control = {
    ...{ name: 'text', at: [event], label: 'message-text', hint: 'message-hint', kind: 'filled', sms: true },
    ...{ names, first: messageVariables[event].length, examples: exampleValues(content) },
  }
  const path = ['messages']
  return {
    path,
    title: nameOf(locale, 'event', event),
    sort: 'sort-message',
    item,
    controls: [control],
    lists: [],
    removable: false,
  }
}

const unfit = new Set([
  'person',
  'national-id',
  'phone',
  'file',
  'long-text',
  'account',
  'address',
  'map-point',
  'group',
])

function fitForMessages(content: DraftContent): Set<string> {
  const own = (content.form?.pages ?? []).flatMap(page => page.fields ?? [])
  const officers = (content.steps ?? []).flatMap(step => step.fields ?? [])
  return new Set(
    [...own, ...officers].flatMap(field => (field.id && !unfit.has(field.kind ?? '') ? field.id : [])),
  )
}

/** Values as long as real ones, so that parts are counted as they will be sent. */
export function exampleValues(content: DraftContent): Map<string, string> {
  const papers = (content.papers ?? []).map(paper => paper.name?.ar ?? '')
  const grounds = (content.grounds ?? []).map(ground => ground.words?.ar ?? '')
  const longest = (texts: readonly string[], otherwise: string) =>
    texts.reduce((long, text) => (text.length > long.length ? text : long), '') || otherwise
  const fields = (content.form?.pages ?? []).flatMap(page => page.fields ?? [])
  return new Map([
    ['number', '12345/2026'],
    ['service', content.name?.ar ?? ''],
    ['link', 'https://town.example/r/12345'],
    ['date', 'الأربعاء، 25 تشرين الثاني 2026'],
    ['amount', '1,170.00 شيكل'],
    ['papers', longest(papers, 'صورة عن الهوية الشخصية')],
    ['reason', longest(grounds, 'لا يتبع الموقع حدود البلدية')],
    ['hour', '10:30'],
    [
      'body',
      longest(
        (content.steps ?? []).map(step => step.body?.ar ?? ''),
        'وزارة الحكم المحلي',
      ),
    ],
    ...fields.map((field): [string, string] => [
      field.id ?? '',
      longest(
        (field.options ?? []).map(option => option.label?.ar ?? ''),
        'جواب السؤال',
      ),
    ]),
  ])
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
