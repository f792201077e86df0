import type { Control } from '../engine/control.ts'
import { choicesOf, roleNames, withPresent } from './choices.ts'
import type { Desk } from './model.ts'

export type Loose = { [key: string]: unknown }
export type Words = { ar?: string; en?: string } | undefined
export type Way = { when?: string; to?: string; office?: string }

/** Rules of steps read everything. */
export const work = { in: 'work' } as const

/** Whose a step or an opinion is, and by when. */
export function whoAndWhen({ locale, offices }: Desk, item: Loose): Control[] {
  return [
    {
      name: 'office',
      at: ['office'],
      label: 'step-office',
      kind: 'one',
      options: withPresent(offices, item.office),
    },
    {
      name: 'role',
      at: ['role'],
      label: 'step-role',
      kind: 'one',
      options: choicesOf(locale, 'role', roleNames, item.role),
    },
    {
      name: 'hours',
      at: ['hours'],
      label: 'step-hours',
      hint: 'step-hours-hint',
      kind: 'number',
      decimal: true,
      unit: 'hours',
    },
  ]
}
