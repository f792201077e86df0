import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdits, type Edit, editsBetween } from '../merge/edits.ts'
import type { ServiceDefinition } from '../model.ts'
import { parseService } from '../parse.ts'
import { smallService } from '../testing/small.ts'
import { wideService } from '../testing/wide.ts'
import { compareServices } from './compare.ts'
import { ruleInWords } from './rule.ts'

function read(text: string): ServiceDefinition {
  const parsed = parseService(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.definition
}
const small = read(smallService)
const wide = read(wideService)
const told = (of: ServiceDefinition, ...edits: Edit[]) => compareServices(of, applyEdits(of, edits))
const ar = (of: ServiceDefinition, ...edits: Edit[]) => told(of, ...edits).map(({ words }) => words.ar)
const en = (of: ServiceDefinition, ...edits: Edit[]) => told(of, ...edits).map(({ words }) => words.en)

describe('two versions of a service, in words', () => {
  it('are told by what they are called, with their units', () => {
    const hours: Edit = { path: ['steps', 'survey', 'hours'], value: 5 }
    expect(ar(small, hours)).toEqual(['مهلة خطوة «كشف»: 4 ساعات ← 5 ساعات'])
    expect(en(small, hours)).toEqual(['Time allowed of the step “Survey”: 4 hours → 5 hours'])
    expect(ar(small, { path: ['guide', 'time', 'value'], value: 1 })).toEqual([
      'الوقت اللازم: 3 أيام عمل ← يوم عمل واحد',
    ])
    expect(ar(wide, { path: ['steps', 'views', 'join'], value: 'any' })).toEqual([
      'متى يكفي في خطوة «آراء»: 2 على الأقل ← أول ما يصل',
    ])
  })

  it('name what is new, what is gone and what stands elsewhere', () => {
    const lease = { id: 'lease', name: { ar: 'عقد الإيجار', en: 'Lease' }, kind: 'lease', accept: ['pdf'] }
    expect(ar(small, { path: ['papers', 'lease'], value: lease })).toEqual(['وثيقة جديدة: عقد الإيجار'])
    expect(en(small, { path: ['papers', 'plan'], removed: true })).toEqual(['Removed paper: Plan'])
    expect(ar(small, { path: ['steps', 'payment'], movedAfter: 'review' })).toEqual([
      'خطوة في غير موضعها: دفع',
    ])
    expect(ar(small, { path: ['form', 'pages', 'first', 'fields', 'area'], removed: true })).toEqual([
      'سؤال محذوف في صفحة «أولًا»: المساحة',
    ])
    expect(ar(small, { path: ['steps', 'review', 'fields', 'measured'], removed: true })).toEqual([
      'خانة محذوفة في خطوة «تدقيق»: قيس',
    ])
    expect(ar(small, { path: ['applicants', 'agent'], value: 'agent' })).toEqual(['صفة مقدم جديدة: وكيل'])
    const late = { key: 'base', from: '2027-01-01', amount: '15', currency: 'ILS', confirmed: true }
    expect(ar(small, { path: ['tariffs', 'base@2027-01-01'], value: late })).toEqual([
      'قيمة جديدة: «base» من 2027-01-01',
    ])
  })

  it('say conditions, amounts and ways as people do where they are simple', () => {
    expect(
      ar(small, { path: ['papers', 'plan', 'when'], value: 'area > 120 and capacity = "tenant"' }),
    ).toEqual(['شرط وثيقة «مخطط»: «المساحة» أكثر من 100 ← «المساحة» أكثر من 120 ومقدم الطلب هو مستأجر'])
    expect(ar(small, { path: ['fees', 'application', 'amount'], value: 'tariff.base * area' })).toEqual([
      'مبلغ رسم «رسم طلب»: قيمة «base» ← قيمة «base» × «المساحة»',
    ])
    expect(ar(small, { path: ['steps', 'review', 'next'], removed: true })).toEqual([
      'الطريق بعدها في خطوة «تدقيق»: إذا كان «النوع» هو «صغير»: قرار ← لا شيء',
    ])
    expect(ruleInWords('some r in rooms satisfies r.size > 3', small).ar).toBe(
      'some r in rooms satisfies r.size > 3',
    )
    expect(ruleInWords('kind in ("small", "large")', small).en).toBe('“Kind” is “Small” or “Large”')
    expect(ruleInWords('measured = null', small).ar).toBe('«قيس» بلا جواب')
  })

  it('tell both languages of a text once, and a message by its occasion', () => {
    expect(ar(small, { path: ['messages', 'completed'], value: { ar: 'تم', en: 'Done' } })).toEqual([
      'رسالة «الإنجاز»: أنجزنا {number} ← تم',
    ])
    expect(ar(small, { path: ['messages', 'paid'], value: { ar: 'وصل', en: 'Paid' } })).toEqual([
      'رسالة جديدة: وصول الدفعة',
    ])
    expect(en(small, { path: ['name', 'en'], value: 'Other' })).toEqual(['Name: Service → Other'])
  })

  it('name offices and roles as the town does', () => {
    const to = applyEdits(small, [{ path: ['steps', 'survey', 'office'], value: 'works' }])
    const offices = new Map([
      ['planning', { ar: 'التنظيم', en: 'Planning' }],
      ['works', { ar: 'الأشغال', en: 'Works' }],
    ])
    expect(compareServices(small, to, { offices })[0]?.words.ar).toBe('دائرة خطوة «كشف»: التنظيم ← الأشغال')
  })

  it('are grouped by part, and a case of them is told once', () => {
    const parts = told(
      wide,
      { path: ['examples', 'home', 'expect', 'state'], value: 'done' },
      { path: ['examples', 'home', 'name', 'ar'], value: 'دار' },
      { path: ['messages', 'completed', 'ar'], value: 'تم' },
      { path: ['papers', 'plan', 'optional'], value: true },
      { path: ['summary', 'ar'], value: 'وصف آخر' },
    )
    expect(parts.map(({ part }) => part)).toEqual(['sheet', 'papers', 'messages', 'examples'])
  })

  it('are told whatever changed, without a trace of the language they are written in', () => {
    const change = fc.constantFrom(...editsBetween(small, wide), ...editsBetween(wide, small))
    fc.assert(
      fc.property(change, fc.constantFrom(small, wide), (edit, of) => {
        for (const { words } of told(of, edit)) {
          expect(`${words.ar} ${words.en}`).not.toMatch(/undefined|\[object/)
          expect(words.ar).toMatch(/[\u0600-\u06ff]/)
        }
      }),
    )
    expect(compareServices(small, small)).toEqual([])
  })
})
