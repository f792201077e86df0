import { messageVariables } from '../../../../kernel/definition/checks/variables.ts'
import type { MessageEvent } from '../../../../kernel/definition/index.ts'
import type { DraftContent } from '../../model.ts'
import type { Control } from '../engine/control.ts'
import { nameOf } from '../strings.ts'
import { everyField } from './choices.ts'
import type { Desk, Pane } from './model.ts'

type Loose = { [key: string]: unknown }

/** What is told on an occasion. */
export function messagePane(desk: Desk, event: MessageEvent, item: Loose): Pane {
  const { locale, content } = desk
  const names = [
    ...messageVariables[event].map(name => ({ value: name, label: nameOf(locale, 'var', name) })),
    ...everyField(content, locale).filter(({ value }) => fitForMessages(content).has(value)),
  ]
  const control: Control = {
    name: 'text',
    at: [event],
    label: 'message-text',
    hint: 'message-hint',
    kind: 'filled',
    sms: true,
    names,
    first: messageVariables[event].length,
    examples: exampleValues(content),
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
