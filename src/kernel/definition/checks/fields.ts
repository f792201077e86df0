import type { Finding, Path } from '../faults.ts'
import type { Field, FieldKind, ServiceDefinition } from '../model.ts'

/** Names rules already know, words of the rule language, and names every object has. */
const reserved = new Set(
  'capacity channel today tariff if then else for in return some every satisfies and or not between instance of null true false function external'.split(
    ' ',
  ),
)
const isReserved = (id: string) => reserved.has(id) || id in Object.prototype

/** Which kinds a setting of a field makes sense for. */
const settings: Partial<Record<keyof Field, readonly FieldKind[]>> = {
  min: ['text', 'long-text', 'whole-number', 'decimal', 'money', 'multiple', 'group'],
  max: ['text', 'long-text', 'whole-number', 'decimal', 'money', 'multiple', 'group'],
  range: ['date'],
  currency: ['money'],
  accountKind: ['account'],
  billing: ['account'],
  fields: ['group'],
  prefill: [
    'address',
    'phone',
    'text',
    'choice',
    'whole-number',
    'decimal',
    'yes-no',
    'multiple',
    'map-point',
    'date',
    'money',
    'person',
    'national-id',
  ],
}
/** What is offered must be what is asked for; an earlier answer fits any question it can be asked of. */
const offered = { address: 'address', phone: 'phone' } as const
const needed: Partial<Record<FieldKind, keyof Field>> = {
  account: 'accountKind',
  group: 'fields',
  money: 'currency',
}

/** Reports every id after its first occurrence. */
export function duplicates(ids: readonly string[], path: (index: number) => Path): Finding[] {
  return ids.flatMap((id, i) =>
    ids.indexOf(id) < i ? [{ path: path(i), code: 'duplicate-id' as const, values: { id } }] : [],
  )
}

/** All fields, with where they stand: of the form, then of the steps. */
function placedFields(definition: ServiceDefinition): { field: Field; path: Path }[] {
  const pages = definition.form.pages.flatMap((page, p) =>
    page.fields.map((field, f) => ({ field, path: ['form', 'pages', p, 'fields', f] as Path })),
  )
  const steps = definition.steps.flatMap((step, s) => {
    const placed = (fields: readonly Field[] = [], ...path: Path) =>
      fields.map((field, f) => ({ field, path: ['steps', s, ...path, 'fields', f] as Path }))
    const opinions = (step.opinions ?? []).flatMap(({ fields }, o) => placed(fields, 'opinions', o))
    return [...placed(step.fields), ...opinions]
  })
  return [...pages, ...steps]
}

export function checkFields(definition: ServiceDefinition): Finding[] {
  const placed = placedFields(definition)
  const onForm = definition.form.pages.flatMap(page => page.fields).length
  return [
    ...placed.slice(onForm).flatMap(({ field, path }): Finding[] =>
      // What is handed in or photographed on a step is a proof of it, which is looked at, kept and shown as papers are.
      field.kind === 'file' ? [{ path: [...path, 'kind'], code: 'step-file' }] : [],
    ),
    // Nobody's earlier answers are offered to an officer.
    ...placed
      .slice(onForm)
      .flatMap(({ field, path }): Finding[] =>
        field.prefill === undefined
          ? []
          : [{ path: [...path, 'prefill'], code: 'prefill-officer', onKey: true }],
      ),
    ...duplicates(
      definition.form.pages.map(page => page.id),
      i => ['form', 'pages', i, 'id'],
    ),
    ...duplicates(
      placed.map(({ field }) => field.id),
      i => [...(placed[i]?.path ?? []), 'id'],
    ),
    ...placed.flatMap(({ field, path }) => checkField(field, path)),
  ]
}

function checkField(field: Field, path: Path): Finding[] {
  const findings: Finding[] = []
  if (isReserved(field.id))
    findings.push({ path: [...path, 'id'], code: 'reserved-id', values: { id: field.id } })
  for (const [key, kinds] of Object.entries(settings)) {
    if (field[key as keyof Field] !== undefined && !kinds.includes(field.kind)) {
      findings.push({
        path: [...path, key],
        code: 'field-setting',
        values: { key, kind: field.kind },
        onKey: true,
      })
    }
  }
  const need = needed[field.kind]
  if (need && field[need] === undefined) {
    findings.push({ path, code: 'field-setting-missing', values: { key: need, kind: field.kind } })
  }
  if (field.min !== undefined && field.max !== undefined && field.min > field.max) {
    findings.push({ path: [...path, 'min'], code: 'bounds-crossed' })
  }
  const { prefill, kind } = field
  if (prefill && prefill !== 'last-answer' && settings.prefill?.includes(kind) && offered[prefill] !== kind) {
    findings.push({ path: [...path, 'prefill'], code: 'prefill-unlike', values: { prefill, kind } })
  }
  return [...findings, ...checkOptions(field, path), ...checkRows(field, path)]
}

function checkOptions({ kind, options }: Field, path: Path): Finding[] {
  const chooses = kind === 'choice' || kind === 'multiple'
  if (!chooses) return options ? [{ path: [...path, 'options'], code: 'option-unexpected', onKey: true }] : []
  if (!options || options.length < (kind === 'choice' ? 2 : 1)) return [{ path, code: 'option-missing' }]
  return duplicates(
    options.map(option => option.id),
    i => [...path, 'options', i, 'id'],
  )
}

function checkRows(group: Field, path: Path): Finding[] {
  const rows = group.fields ?? []
  const inside = (i: number): Path => [...path, 'fields', i]
  return [
    ...duplicates(
      rows.map(field => field.id),
      i => [...inside(i), 'id'],
    ),
    ...rows.flatMap((field, i): Finding[] => {
      if (field.kind === 'group' || field.kind === 'file')
        return [{ path: [...inside(i), 'kind'], code: 'group-nested' }]
      const condition: Finding[] = field.when
        ? [{ path: [...inside(i), 'when'], code: 'group-condition' }]
        : []
      return [...condition, ...checkField(field, inside(i))]
    }),
  ]
}
