import type { FieldKind, StepKind } from '../../../../kernel/definition/index.ts'
import { actsByKind } from '../../../../kernel/workflow/index.ts'
import type { EditPath } from '../../drafts/edit.ts'
import { valueAt } from '../engine/edits.ts'
import { freshName, freshSlug } from '../engine/read.ts'
import { everyField } from './choices.ts'
import type { Desk, ListName } from './model.ts'

type Words = { ar: string; en: string }
type Loose = { [key: string]: unknown }

/** What is said of something new. */
export type Asked = { words: Words; kind: string; today: string }

const pictures = ['pdf', 'jpeg', 'png', 'heic']

/** A new item of a list, with what such an item has at the least; the rest is filled in on its pane. */
export function freshItem(desk: Desk, name: ListName, list: EditPath, { words, kind, today }: Asked): Loose {
  const { content } = desk
  const siblings = (valueAt(content, list) ?? []) as Loose[]
  const taken = new Set(siblings.map(item => String(item.id)))
  const slug = (of: string) => freshSlug(words.en, of, taken)
  switch (name) {
    case 'pages':
      return { id: slug('page'), title: words, fields: [] }
    case 'fields':
      return freshField(desk, words, (kind || 'text') as FieldKind)
    case 'papers':
      return { id: slug('paper'), name: words, kind: kind || 'other', accept: pictures }
    case 'proofs':
      return { id: slug('proof'), name: words, accept: pictures }
    case 'known':
      return {
        id: slug('known'),
        name: words,
        source: { ar: 'تعرفه البلدية من سجلاتها.', en: 'The town knows it from its own records.' },
      }
    case 'fees':
      return {
        id: slug('fee'),
        name: words,
        at: kind || 'before-filing',
        currency: 'ILS',
        amount: 'money(0, "ILS")',
        dueKind: 'service-fee',
      }
    case 'tariffs':
      return { key: kind, from: today, amount: '0', currency: 'ILS', confirmed: false }
    case 'steps':
      return freshStep(desk, slug('step'), words, (kind || 'review') as StepKind)
    case 'opinions':
      return { id: slug('opinion'), name: words, office: kind || 'service-centre', role: 'officer', hours: 7 }
    case 'next':
      return { to: kind || String(content.steps?.[0]?.id ?? '') }
    case 'officeWhen':
      return { when: 'channel = "web"', office: kind || 'service-centre' }
    case 'ladder':
      return { afterHours: 7, role: kind || 'head' }
    case 'parts':
      return { id: freshSlug('', 'part', taken), service: kind }
    case 'outputs':
      return freshOutput(slug('output'), words, kind || 'certificate')
    case 'grounds':
      return { id: slug('ground'), words }
    case 'toConfirm':
      return { id: slug('fact'), what: words }
  }
}

function freshField({ content, locale }: Desk, label: Words, kind: FieldKind): Loose {
  const taken = new Set([
    ...everyField(content, locale).map(({ value }) => value),
    'capacity',
    'channel',
    'today',
    'tariff',
    'row',
  ])
  const id = freshName(label.en, 'question', taken)
  const base = { id, kind, label }
  switch (kind) {
    case 'choice':
    case 'multiple':
      return {
        ...base,
        options: [
          { id: 'first', label: { ar: 'الأول', en: 'First' } },
          { id: 'second', label: { ar: 'الثاني', en: 'Second' } },
        ],
      }
    case 'money':
      return { ...base, currency: 'ILS' }
    case 'account':
      return { ...base, accountKind: 'electricity' }
    case 'group':
      return {
        ...base,
        min: 1,
        max: 10,
        fields: [
          { id: freshName('', 'column', taken), kind: 'text', label: { ar: 'الاسم', en: 'Name' }, max: 100 },
        ],
      }
    case 'text':
      return { ...base, max: 200 }
    case 'long-text':
      return { ...base, max: 1000 }
    default:
      return base
  }
}

const usual = ['return', 'ask-papers', 'refer', 'defer', 'reject']

function freshStep(desk: Desk, id: string, name: Words, kind: StepKind): Loose {
  const { completes, may } = actsByKind[kind]
  const acts = [completes, ...may.filter(act => usual.includes(act) || kind === 'site-visit')]
  const base = { id, name, kind, ...whose(kind), hours: kind === 'payment' ? 0 : 7, acts }
  switch (kind) {
    case 'payment':
      return { ...base, feePoint: 'after-decision', acts: ['pay', 'return'] }
    case 'opinions':
      return {
        ...base,
        join: 'all',
        opinions: [
          {
            id: 'first',
            name: { ar: 'الرأي الأول', en: 'First opinion' },
            office: 'health',
            role: 'officer',
            hours: 7,
          },
          {
            id: 'second',
            name: { ar: 'الرأي الثاني', en: 'Second opinion' },
            office: 'works',
            role: 'officer',
            hours: 7,
          },
        ],
      }
    case 'outside':
      return { ...base, body: { ar: 'جهة خارجية', en: 'Body outside' }, days: 10 }
    case 'committee':
      return { ...base, body: { ar: 'اللجنة المحلية للتنظيم والبناء', en: 'Local planning committee' } }
    case 'signature': {
      const output = desk.content.outputs?.[0]?.id
      return { ...base, ...(output && { output }) }
    }
    case 'effect':
      return { ...base, effect: desk.effects[0]?.value ?? 'utilities.open-subscription' }
    case 'confirmation':
      return { ...base, lapseDays: 5, acts: ['answer', 'return'] }
    case 'parts':
      return { ...base, join: 'all', parts: [{ id: 'part-1', service: desk.services[0]?.value ?? '' }] }
    default:
      return base
  }
}

/** Who usually does such a step. */
function whose(kind: StepKind): { office: string; role: string } {
  switch (kind) {
    case 'payment':
      return { office: 'treasury', role: 'collector' }
    case 'fee-assessment':
      return { office: 'finance', role: 'officer' }
    case 'signature':
      return { office: 'mayor-office', role: 'mayor' }
    case 'committee':
      return { office: 'planning-committee', role: 'head' }
    case 'handover':
    case 'confirmation':
      return { office: 'service-centre', role: 'clerk' }
    case 'decision':
      return { office: 'mayor-office', role: 'mayor' }
    default:
      return {
        office: 'service-centre',
        role: kind === 'review' || kind === 'opinions' || kind === 'parts' ? 'clerk' : 'officer',
      }
  }
}

const freshOutput = (id: string, name: Words, kind: string): Loose => ({
  id,
  kind,
  name,
  template: 'paper',
  signer: 'mayor',
  body: {
    ar: 'تشهد البلدية بأن {name}، حامل الهوية رقم {idNumber}، قدّم الطلب رقم {number}.\n\nحُررت بتاريخ {day}.',
    en: 'The town certifies that {name}, identity number {idNumber}, filed request {number}.\n\nIssued on {day}.',
  },
})
