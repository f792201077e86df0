import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseService } from '../../../../kernel/definition/index.ts'
import { listServiceFiles } from '../../../catalogue/index.ts'
import type { Edit, EditPath } from '../edit.ts'
import { applyEdits, contentOf } from './apply.ts'
import { indexOf, isMapping, sameValue, valueAt, withEdit } from './values.ts'

const { files, commons } = await listServiceFiles()

/** Every place of a service, as an edit names it. */
function placesOf(value: unknown, path: EditPath = []): EditPath[] {
  const below = Array.isArray(value)
    ? value.map((item, at): [string | number, unknown] => {
        const id = valueAt(item, ['id'])
        return [typeof id === 'string' && indexOf(value, id) === at ? id : at, item]
      })
    : isMapping(value)
      ? Object.entries(value)
      : []
  return [
    ...(path.length > 0 ? [path] : []),
    ...below.flatMap(([key, each]) => placesOf(each, [...path, key])),
  ]
}

const services = files
  .filter(({ source }) => parseService(source, commons).ok)
  .map(({ file, source }) => {
    const content = contentOf(source, commons)
    const places = placesOf(content).filter(path => path[0] !== 'examples')
    const lists = places.filter(path => Array.isArray(valueAt(content, path)))
    const items = places.filter(path => Array.isArray(valueAt(content, path.slice(0, -1))))
    const scalars = places.filter(path => typeof valueAt(content, path) !== 'object')
    return { file, source, content, places, lists, items, scalars }
  })

const oddTexts = [
  'نص',
  'طلبك: الآن',
  "it's {number} # not a comment",
  '- dash',
  '',
  ' spaced ',
  '2026-01-01',
  'true',
  'سطران\nهنا',
  '{x}',
  'a, b',
  '"',
]
const scalar = fc.oneof(fc.constantFrom(...oddTexts), fc.integer({ min: 0, max: 99 }), fc.boolean())
const item = fc.record({
  id: fc.constantFrom('new-item', 'another'),
  name: fc.record({ ar: scalar, en: scalar }),
  when: fc.constantFrom('a = "b"', 'x > 3 and not(y)'),
  fields: fc.array(fc.record({ id: scalar, label: fc.record({ ar: scalar, en: scalar }) }), { maxLength: 2 }),
})
const service = fc.nat({ max: services.length - 1 })
const at = (which: number) => services[which] as (typeof services)[number]
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

const someEdit = fc
  .tuple(service, fc.nat(), fc.nat(), scalar, item)
  .map(([file, which, where, text, whole]): { file: number; edit: Edit } => {
    const of = at(file)
    const kinds: (() => Edit)[] = [
      () => ({ op: 'set', path: pick(of.scalars, where), value: text }),
      () => ({ op: 'set', path: pick(of.items, where), value: whole }),
      () => ({ op: 'set', path: [...pick(of.items, where), 'hint'], value: whole.name }),
      () => ({ op: 'remove', path: pick(of.places, where) }),
      () => ({
        op: 'insert',
        path: pick(of.lists, where),
        value: which % 2 ? whole : text,
        before: which % 5,
      }),
      () => ({ op: 'insert', path: pick(of.lists, where), value: whole }),
      () => ({ op: 'move', path: pick(of.items, where), after: which % 7 }),
      () => ({ op: 'move', path: pick(of.items, where), before: which % 4 }),
    ]
    return { file, edit: pick(kinds, which)() }
  })

describe('edits of a text', () => {
  test('say what the edit means, wherever it goes and whatever is written', () => {
    fc.assert(
      fc.property(someEdit, ({ file, edit }) => {
        const of = at(file)
        const wanted = withEdit(of.content, edit)
        fc.pre(wanted !== undefined)
        expect(sameValue(contentOf(applyEdits(of.source, [edit], commons), commons), wanted)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('leave a text byte for byte where they change nothing', () => {
    for (const { source, content, places } of services) {
      for (const path of places.filter((_, at) => at % 40 === 0))
        expect(applyEdits(source, [{ op: 'set', path, value: valueAt(content, path) }], commons)).toBe(source)
    }
  })

  test('change one line and no other for one word', () => {
    fc.assert(
      fc.property(service, fc.nat(), (file, where) => {
        const of = at(file)
        const path = pick(of.scalars, where)
        const text = applyEdits(of.source, [{ op: 'set', path, value: 'كلمة أخرى' }], commons)
        const [was, is] = [of.source.split('\n'), text.split('\n')]
        // A common part that is gone into comes along with lines of its own.
        fc.pre(was.length === is.length)
        expect(was.filter((line, at) => line !== is[at])).toHaveLength(1)
      }),
      { numRuns: 100 },
    )
  })

  test('keep every comment of what they do not take out', () => {
    fc.assert(
      fc.property(someEdit, ({ file, edit }) => {
        const of = at(file)
        fc.pre(
          edit.op === 'insert' || edit.op === 'move' || (edit.op === 'set' && typeof edit.value !== 'object'),
        )
        const text = applyEdits(of.source, [edit], commons)
        const comments = (lines: string) =>
          lines
            .split('\n')
            .filter(line => line.trimStart().startsWith('#'))
            .map(line => line.trim())
        const kept = comments(text)
        for (const comment of comments(of.source)) expect(kept).toContain(comment)
      }),
      { numRuns: 100 },
    )
  })
})
