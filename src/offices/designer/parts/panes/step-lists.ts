import type { EditPath } from '../../drafts/edit.ts'
import { vocabularyOf } from '../../sentences/vocabulary.ts'
import { ruleInWords } from '../../sentences/words.ts'
import type { Control } from '../engine/control.ts'
import { nameOf, partWord } from '../strings.ts'
import { choicesOf, everyField, everyStep, roleNames, withPresent } from './choices.ts'
import { fieldList } from './form.ts'
import { type Desk, type Pane, type SubList, said } from './model.ts'
import { type Loose, type Way, type Words, whoAndWhen, work } from './step-parts.ts'

export function opinionList({ locale, offices }: Desk, item: Loose): SubList {
  const opinions = (item.opinions ?? []) as { id?: string; name?: Words; office?: string }[]
  return {
    name: 'opinions',
    title: 'list-opinions',
    items: opinions.map((opinion, at) => ({
      id: opinion.id ?? at,
      label: said(opinion.name, locale, opinion.id),
      note: offices.find(office => office.value === opinion.office)?.label ?? opinion.office ?? '',
    })),
    kinds: offices,
    asks: 'words',
  }
}

/** One opinion asked beside others. */
export function opinionPane(desk: Desk, path: EditPath, item: Loose): Pane {
  const { locale } = desk
  const controls: Control[] = [
    { name: 'name', at: ['name'], label: 'opinion-name', kind: 'words' },
    ...whoAndWhen(desk, item),
    { name: 'when', at: ['when'], label: 'opinion-when', kind: 'condition', optional: true, place: work },
    {
      name: 'reads',
      at: ['reads'],
      label: 'step-reads',
      hint: 'step-reads-hint',
      kind: 'many',
      optional: true,
      options: everyField(desk.content, locale),
      rare: true,
    },
  ]
  const lists = [fieldList(desk, item.fields as never, 'list-filled'), proofList(desk, item)]
  return {
    path,
    title: said(item.name as Words, locale, '…'),
    sort: 'sort-opinion',
    item,
    controls,
    lists,
    removable: true,
  }
}

export function proofList({ locale }: Desk, item: Loose): SubList {
  const proofs = (item.proofs ?? []) as { id?: string; name?: Words }[]
  const items = proofs.map((proof, at) => ({ id: proof.id ?? at, label: said(proof.name, locale, proof.id) }))
  return { name: 'proofs', title: 'list-proofs', items, asks: 'words' }
}

export function wayList(desk: Desk, name: 'next' | 'officeWhen', ways: readonly Way[] | undefined): SubList {
  const { locale, content, offices } = desk
  const speech = { subjects: vocabularyOf(content, work, locale), locale }
  const steps = everyStep(content, locale)
  const target = (way: Way) =>
    (name === 'next'
      ? steps.find(step => step.value === way.to)
      : offices.find(office => office.value === way.office)
    )?.label ?? ''
  return {
    name,
    title: name === 'next' ? 'list-ways' : 'list-offices-when',
    items: (ways ?? []).map((way, at) => ({
      id: at,
      label: partWord(locale, 'way-line', { when: ruleInWords(way.when, speech), to: target(way) }),
    })),
    kinds: name === 'next' ? steps : offices,
    asks: 'nothing',
  }
}

/** A way on, or an office by what is known: in which case, and where. */
export function wayPane(desk: Desk, path: EditPath, item: Loose, name: 'next' | 'officeWhen'): Pane {
  const { locale, content, offices } = desk
  const where: Control =
    name === 'next'
      ? {
          name: 'to',
          at: ['to'],
          label: 'way-to',
          kind: 'one',
          options: withPresent(everyStep(content, locale), item.to),
        }
      : {
          name: 'office',
          at: ['office'],
          label: 'step-office',
          kind: 'one',
          options: withPresent(offices, item.office),
        }
  const when: Control = {
    name: 'when',
    at: ['when'],
    label: 'way-when',
    kind: 'condition',
    place: work,
    ...(name === 'next' && { optional: true as const }),
  }
  const sort = name === 'next' ? 'sort-way' : 'sort-office-when'
  return { path, title: '', sort, item, controls: [when, where], lists: [], removable: true }
}

export function ladderList({ locale }: Desk, item: Loose): SubList {
  const rungs = (item.ladder ?? []) as { afterHours?: number; role?: string }[]
  const items = rungs.map((rung, at) => ({
    id: at,
    label: partWord(locale, 'rung-line', {
      hours: rung.afterHours ?? 0,
      role: nameOf(locale, 'role', rung.role ?? ''),
    }),
  }))
  return {
    name: 'ladder',
    title: 'list-ladder',
    items,
    kinds: choicesOf(locale, 'role', roleNames),
    asks: 'nothing',
  }
}

/** Who is told when a step stays undone. */
export function rungPane({ locale, offices }: Desk, path: EditPath, item: Loose): Pane {
  const controls: Control[] = [
    { name: 'afterHours', at: ['afterHours'], label: 'rung-hours', kind: 'number', unit: 'hours' },
    {
      name: 'role',
      at: ['role'],
      label: 'rung-role',
      kind: 'one',
      options: choicesOf(locale, 'role', roleNames, item.role),
    },
    {
      name: 'office',
      at: ['office'],
      label: 'step-office',
      kind: 'one',
      optional: true,
      none: 'same-office',
      options: withPresent(offices, item.office),
    },
  ]
  return { path, title: '', sort: 'sort-rung', item, controls, lists: [], removable: true }
}

export function partList({ services }: Desk, item: Loose): SubList {
  const parts = (item.parts ?? []) as { id?: string; service?: string }[]
  const items = parts.map((part, at) => ({
    id: part.id ?? at,
    label: services.find(service => service.value === part.service)?.label ?? part.service ?? '',
  }))
  return { name: 'parts', title: 'list-parts', items, kinds: services, asks: 'nothing' }
}

/** A service filed within this one. */
export function partPane({ services }: Desk, path: EditPath, item: Loose): Pane {
  const controls: Control[] = [
    {
      name: 'service',
      at: ['service'],
      label: 'part-service',
      kind: 'one',
      options: withPresent(services, item.service),
    },
    { name: 'when', at: ['when'], label: 'part-when', kind: 'condition', optional: true, place: work },
  ]
  const title = services.find(service => service.value === item.service)?.label ?? ''
  return { path, title, sort: 'sort-part', item, controls, lists: [], removable: true }
}
