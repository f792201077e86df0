import { tariffsRead } from '../../../../kernel/definition/index.ts'
import type { Locale } from '../../../../lib/localized.ts'
import type { DraftContent } from '../../model.ts'
import type { Choice } from '../engine/control.ts'
import { nameOf } from '../strings.ts'
import { said } from './model.ts'

export const fieldKinds = [
  'text',
  'choice',
  'yes-no',
  'whole-number',
  'decimal',
  'date',
  'address',
  'multiple',
  'long-text',
  'group',
  'person',
  'phone',
  'national-id',
  'money',
  'map-point',
  'account',
  'file',
] as const
export const stepKinds = [
  'review',
  'opinions',
  'site-visit',
  'decision',
  'committee',
  'payment',
  'fee-assessment',
  'signature',
  'effect',
  'outside',
  'confirmation',
  'parts',
  'handover',
] as const
export const roleNames = [
  'clerk',
  'officer',
  'head',
  'manager',
  'mayor',
  'collector',
  'treasurer',
  'legal-adviser',
] as const
export const points = [
  'before-filing',
  'before-study',
  'after-decision',
  'before-execution',
  'before-handover',
] as const
export const dueKinds = [
  'service-fee',
  'market-rent',
  'rent',
  'hall-rent',
  'crafts-licence',
  'building-licence',
  'planning-fee',
  'road-share',
  'electricity-subscription',
  'electricity-deposit',
  'water-subscription',
  'water-connection',
  'water-deposit',
  'building-deposit',
  'deposit',
] as const
export const paperKinds = [
  'identity-card',
  'title-deed',
  'lease',
  'owner-consent',
  'partners-consent',
  'power-of-attorney',
  'inheritance-certificate',
  'photo',
  'plan',
  'report',
  'health-certificate',
  'company-registration',
  'undertaking',
  'letter',
  'other',
] as const
export const groupNames = [
  'electricity',
  'water',
  'sewage',
  'building',
  'crafts',
  'dues',
  'administration',
] as const
export const capacityNames = [
  'principal',
  'agent',
  'guardian',
  'heir',
  'partner',
  'tenant',
  'representative',
] as const
export const channelNames = ['web', 'counter', 'api'] as const

/** A closed list in words; what stands there already is kept though the list does not know it. */
export function choicesOf(
  locale: Locale,
  kind: string,
  values: readonly string[],
  present?: unknown,
): Choice[] {
  const all =
    typeof present === 'string' && present !== '' && !values.includes(present) ? [...values, present] : values
  return all.map(value => ({ value, label: nameOf(locale, kind, value) }))
}

/** The town's offices; one it does not have is shown as it is called. */
export function withPresent(choices: readonly Choice[], present: unknown): Choice[] {
  const known = typeof present !== 'string' || present === '' || choices.some(each => each.value === present)
  return known ? [...choices] : [...choices, { value: present, label: present }]
}

/** Every question of a service, those of officers as well. */
export function everyField(content: DraftContent, locale: Locale): Choice[] {
  const own = (content.form?.pages ?? []).flatMap(page => page.fields ?? [])
  const officers = (content.steps ?? []).flatMap(step => [
    ...(step.fields ?? []),
    ...(step.opinions ?? []).flatMap(opinion => opinion.fields ?? []),
  ])
  return [...own, ...officers].flatMap(field =>
    field.id ? [{ value: field.id, label: said(field.label, locale, field.id) }] : [],
  )
}

/** The steps of a service, by name. */
export const everyStep = (content: DraftContent, locale: Locale): Choice[] =>
  (content.steps ?? []).flatMap(step =>
    step.id ? [{ value: step.id, label: said(step.name, locale, step.id) }] : [],
  )

/** What tariffs are called: the fee that is made of them, with the amount where it is made of several; else their note, or their key. */
export function tariffNames(content: DraftContent, locale: Locale): Map<string, string> {
  const rows = content.tariffs ?? []
  const keys = [...new Set(rows.flatMap(row => row.key ?? []))]
  const feeOf = new Map(
    keys.map(key => [key, (content.fees ?? []).find(fee => tariffsRead(fee.amount ?? '').includes(key))]),
  )
  return new Map(
    keys.map(key => {
      const fee = feeOf.get(key)
      const newest = rows.findLast(row => row.key === key)
      if (!fee) return [key, shortNote(newest?.note) || key]
      const alone = [...feeOf.values()].filter(each => each === fee).length === 1
      const name = said(fee.name, locale, key)
      return [key, alone ? name : `${name} (${newest?.amount ?? ''})`]
    }),
  )
}

const shortNote = (note: string | undefined): string => (note && note.length <= 40 ? note : '')
