import type { EditPath } from '../../drafts/edit.ts'
import type { Control } from '../engine/control.ts'
import { choicesOf, paperKinds } from './choices.ts'
import { type Desk, type Pane, said } from './model.ts'

type Loose = { [key: string]: unknown }
type Words = { ar?: string; en?: string }

const accepted = ['pdf', 'jpeg', 'png', 'heic', 'tiff'] as const

/** A paper that is asked for. */
export function paperPane({ locale }: Desk, path: EditPath, item: Loose): Pane {
  const controls: Control[] = [
    { name: 'name', at: ['name'], label: 'paper-name', kind: 'words' },
    {
      name: 'when',
      at: ['when'],
      label: 'paper-when',
      kind: 'condition',
      optional: true,
      place: { in: 'filing' },
    },
    { name: 'optional', at: ['optional'], label: 'paper-optional', kind: 'flag' },
    { name: 'original', at: ['original'], label: 'paper-original', kind: 'flag' },
    {
      name: 'kind',
      at: ['kind'],
      label: 'paper-kind',
      hint: 'paper-kind-hint',
      kind: 'one',
      options: choicesOf(locale, 'paper', paperKinds, item.kind),
    },
    {
      name: 'validDays',
      at: ['validDays'],
      label: 'paper-valid',
      kind: 'number',
      optional: true,
      unit: 'days',
      rare: true,
    },
    { name: 'hint', at: ['hint'], label: 'paper-hint', kind: 'words', optional: true, rare: true },
    {
      name: 'accept',
      at: ['accept'],
      label: 'paper-accept',
      kind: 'many',
      options: choicesOf(locale, 'accept', accepted),
      rare: true,
    },
  ]
  return {
    path,
    title: said(item.name as Words, locale, '…'),
    sort: 'sort-paper',
    item,
    controls,
    lists: [],
    removable: true,
  }
}

/** What must be shown of a step's work. */
export function proofPane({ locale }: Desk, path: EditPath, item: Loose): Pane {
  const controls: Control[] = [
    { name: 'name', at: ['name'], label: 'paper-name', kind: 'words' },
    { name: 'optional', at: ['optional'], label: 'paper-optional', kind: 'flag' },
    {
      name: 'when',
      at: ['when'],
      label: 'paper-when',
      kind: 'condition',
      optional: true,
      place: { in: 'work' },
    },
    { name: 'hint', at: ['hint'], label: 'paper-hint', kind: 'words', optional: true, rare: true },
    {
      name: 'accept',
      at: ['accept'],
      label: 'paper-accept',
      kind: 'many',
      options: choicesOf(locale, 'accept', accepted),
      rare: true,
    },
  ]
  return {
    path,
    title: said(item.name as Words, locale, '…'),
    sort: 'sort-proof',
    item,
    controls,
    lists: [],
    removable: true,
  }
}

/** What the town knows itself and never asks. */
export function knownPane({ locale }: Desk, path: EditPath, item: Loose): Pane {
  const controls: Control[] = [
    { name: 'name', at: ['name'], label: 'paper-name', kind: 'words' },
    { name: 'source', at: ['source'], label: 'known-source', hint: 'known-source-hint', kind: 'words' },
  ]
  return {
    path,
    title: said(item.name as Words, locale, '…'),
    sort: 'sort-known',
    item,
    controls,
    lists: [],
    removable: true,
  }
}
