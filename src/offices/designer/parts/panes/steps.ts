import type { ActName, StepKind } from '../../../../kernel/definition/index.ts'
import { actsByKind } from '../../../../kernel/workflow/index.ts'
import type { EditPath } from '../../drafts/edit.ts'
import type { Control } from '../engine/control.ts'
import { choicesOf, everyField, points, stepKinds, withPresent } from './choices.ts'
import { fieldList } from './form.ts'
import { type Desk, type Pane, said } from './model.ts'
import { ladderList, opinionList, partList, proofList, wayList } from './step-lists.ts'
import { type Loose, type Way, type Words, whoAndWhen, work } from './step-parts.ts'

/** A step of the path. */
export function stepPane(desk: Desk, path: EditPath, item: Loose): Pane {
  const { locale } = desk
  const kind = (item.kind ?? 'review') as StepKind
  const controls: Control[] = [
    { name: 'name', at: ['name'], label: 'step-name', kind: 'words' },
    {
      name: 'kind',
      at: ['kind'],
      label: 'step-kind',
      kind: 'one',
      options: choicesOf(locale, 'step', stepKinds, item.kind),
    },
    ...whoAndWhen(desk, item),
    ...ofKind(desk, kind, item),
    {
      name: 'acts',
      at: ['acts'],
      label: 'step-acts',
      kind: 'many',
      options: choicesOf(locale, 'act', actsOf(kind)),
    },
    { name: 'when', at: ['when'], label: 'step-when', kind: 'condition', optional: true, place: work },
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
    {
      name: 'deferral',
      at: ['deferral'],
      label: 'step-deferral',
      kind: 'one',
      optional: true,
      none: 'deferral-runs',
      rare: true,
      options: choicesOf(locale, 'deferral', ['runs', 'stands']),
    },
  ]
  const lists = [
    ...(kind === 'opinions' ? [opinionList(desk, item)] : []),
    ...(kind === 'parts' ? [partList(desk, item)] : []),
    ...(kind === 'opinions' || kind === 'parts'
      ? []
      : [fieldList(desk, item.fields as never, 'list-filled')]),
    proofList(desk, item),
    wayList(desk, 'next', item.next as Way[] | undefined),
    wayList(desk, 'officeWhen', item.officeWhen as Way[] | undefined),
    ladderList(desk, item),
  ]
  return {
    path,
    title: said(item.name as Words, locale, '…'),
    sort: 'sort-step',
    item,
    controls,
    lists,
    removable: true,
  }
}

/** What a kind of step allows, what completes it first. */
export const actsOf = (kind: StepKind): ActName[] => {
  const { completes, may } = actsByKind[kind]
  return [...new Set([completes, ...may])]
}

function ofKind(desk: Desk, kind: StepKind, item: Loose): Control[] {
  const { locale, content, effects } = desk
  const join: Control = { name: 'join', at: ['join'], label: 'step-join', kind: 'join' }
  switch (kind) {
    case 'payment':
      return [
        {
          name: 'feePoint',
          at: ['feePoint'],
          label: 'step-point',
          kind: 'one',
          options: choicesOf(locale, 'point', points.slice(1), item.feePoint),
        },
      ]
    case 'signature': {
      const outputs = (content.outputs ?? []).flatMap(output =>
        output.id ? [{ value: output.id, label: said(output.name, locale, output.id) }] : [],
      )
      return [
        {
          name: 'output',
          at: ['output'],
          label: 'step-output',
          hint: 'step-output-hint',
          kind: 'one',
          options: withPresent(outputs, item.output),
          optional: true,
        },
      ]
    }
    case 'effect':
      return [
        {
          name: 'effect',
          at: ['effect'],
          label: 'step-effect',
          kind: 'one',
          options: withPresent(effects, item.effect),
          optional: true,
        },
        { name: 'auto', at: ['auto'], label: 'step-auto', kind: 'flag' },
      ]
    case 'confirmation':
      return [
        {
          name: 'lapseDays',
          at: ['lapseDays'],
          label: 'step-lapse',
          kind: 'number',
          optional: true,
          unit: 'days',
        },
      ]
    case 'opinions':
    case 'parts':
      return [join]
    case 'outside':
      return [
        { name: 'body', at: ['body'], label: 'step-body-outside', kind: 'words' },
        { name: 'days', at: ['days'], label: 'step-days', kind: 'number', unit: 'days' },
      ]
    case 'committee':
      return [{ name: 'body', at: ['body'], label: 'step-body', kind: 'words' }]
    case 'site-visit':
      return [
        {
          name: 'presence',
          at: ['presence'],
          label: 'step-presence',
          kind: 'one',
          optional: true,
          none: 'presence-needed',
          options: choicesOf(locale, 'presence', ['needed', 'not-needed']),
        },
      ]
    default:
      return []
  }
}
