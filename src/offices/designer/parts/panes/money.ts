import type { Currency } from '../../../../lib/money.ts'
import type { EditPath } from '../../drafts/edit.ts'
import type { Control } from '../engine/control.ts'
import { choicesOf, dueKinds, points, tariffNames } from './choices.ts'
import { type Desk, type Pane, said } from './model.ts'

type Loose = { [key: string]: unknown }

/** A fee: where it falls due, what it comes to, in which case. */
export function feePane({ locale }: Desk, path: EditPath, item: Loose): Pane {
  const place = item.at === 'before-filing' ? ({ in: 'filing' } as const) : ({ in: 'work' } as const)
  const controls: Control[] = [
    { name: 'name', at: ['name'], label: 'fee-name', kind: 'words' },
    {
      name: 'at',
      at: ['at'],
      label: 'fee-at',
      kind: 'one',
      options: choicesOf(locale, 'point', points, item.at),
    },
    {
      name: 'amount',
      at: ['amount'],
      label: 'fee-amount',
      kind: 'fee',
      currency: (item.currency ?? 'ILS') as Currency,
      place,
    },
    { name: 'when', at: ['when'], label: 'fee-when', kind: 'condition', optional: true, place },
    {
      name: 'dueKind',
      at: ['dueKind'],
      label: 'fee-due-kind',
      hint: 'fee-due-kind-hint',
      kind: 'one',
      options: choicesOf(locale, 'due', dueKinds, item.dueKind),
    },
    { name: 'refundable', at: ['refundable'], label: 'fee-refundable', kind: 'flag' },
    {
      name: 'currency',
      at: ['currency'],
      label: 'currency',
      kind: 'one',
      options: choicesOf(locale, 'currency', ['ILS', 'JOD', 'USD']),
      rare: true,
    },
  ]
  return {
    path,
    title: said(item.name as { ar?: string }, locale, '…'),
    sort: 'sort-fee',
    item,
    controls,
    lists: [],
    removable: true,
  }
}

/** One row of the dated series of a price. */
export function tariffPane({ locale, content }: Desk, path: EditPath, item: Loose): Pane {
  const controls: Control[] = [
    {
      name: 'amount',
      at: ['amount'],
      label: 'tariff-amount',
      kind: 'amount',
      currency: (item.currency ?? 'ILS') as Currency,
    },
    { name: 'from', at: ['from'], label: 'tariff-from', kind: 'day' },
    {
      name: 'until',
      at: ['until'],
      label: 'tariff-until',
      hint: 'tariff-until-hint',
      kind: 'day',
      optional: true,
      rare: true,
    },
    {
      name: 'note',
      at: ['note'],
      label: 'tariff-note',
      hint: 'tariff-note-hint',
      kind: 'text',
      optional: true,
    },
    { name: 'confirmed', at: ['confirmed'], label: 'tariff-confirmed', kind: 'flag', always: true },
  ]
  const title = tariffNames(content, locale).get(String(item.key)) ?? String(item.key)
  return { path, title, sort: 'sort-tariff', item, controls, lists: [], removable: true }
}

/** What debts of the applicant do to a request. */
export function duesPane({ locale }: Desk, item: Loose): Pane {
  const controls: Control[] = [
    {
      name: 'rule',
      at: ['rule'],
      label: 'dues-rule',
      kind: 'one',
      options: choicesOf(locale, 'dues', ['show', 'warn', 'hold']),
    },
    { name: 'neverHeld', at: ['neverHeld'], label: 'dues-never', kind: 'flag', always: true },
    {
      name: 'kinds',
      at: ['kinds'],
      label: 'dues-kinds',
      hint: 'dues-kinds-hint',
      kind: 'many',
      options: choicesOf(locale, 'due', duesKinds(item)),
      rare: true,
    },
  ]
  return { path: ['dues'], title: '', sort: 'sort-dues', item, controls, lists: [], removable: false }
}

function duesKinds(item: Loose): string[] {
  const present = Array.isArray(item.kinds) ? item.kinds.filter(kind => typeof kind === 'string') : []
  return [
    ...new Set([
      'electricity',
      'water',
      'market-rent',
      'rent',
      'crafts-licence',
      'building-licence',
      'service-fee',
      ...present,
    ]),
  ]
}
