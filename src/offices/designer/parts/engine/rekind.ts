import type { Edit, EditPath } from '../../drafts/edit.ts'

type Loose = { [key: string]: unknown }

/** Keys that belong to some kinds only: they go with the kind, and those the new one needs come. */
const ofKinds = {
  field: ['options', 'currency', 'min', 'max', 'range', 'accountKind', 'billing', 'fields'],
  step: [
    'feePoint',
    'output',
    'effect',
    'auto',
    'tries',
    'lapseDays',
    'join',
    'opinions',
    'parts',
    'body',
    'days',
    'presence',
    'bulk',
  ],
} as const

/** What else has to be written when an item becomes another kind. `fresh` is a new item of that kind. */
export function rekindEdits(of: keyof typeof ofKinds, path: EditPath, item: Loose, fresh: Loose): Edit[] {
  const own = ofKinds[of].flatMap((key): Edit[] => {
    if (key in fresh && !(key in item)) return [{ op: 'set', path: [...path, key], value: fresh[key] }]
    return key in item && !(key in fresh) ? [{ op: 'remove', path: [...path, key] }] : []
  })
  return of === 'step' ? [...own, { op: 'set', path: [...path, 'acts'], value: fresh.acts }] : own
}
