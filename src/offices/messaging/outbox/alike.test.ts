import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alike } from './alike.ts'

const said = fc.tuple(
  fc.constantFrom('sent', 'failed', null),
  fc.constantFrom(1, 2),
  fc.constantFrom(1_000, 2_000),
)
/** Dates of one instant are never one object. */
const row = ([state, attempts, at]: [string | null, number, number]) => [state, attempts, new Date(at)]

test('what is said of each can be read again by its kind, and no kind is there twice', () => {
  fc.assert(
    fc.property(fc.array(said, { maxLength: 40 }), things => {
      const { kinds, columns } = alike(things, row)
      const rows = kinds.map(kind => columns.map(column => column[kind - 1]))
      expect(rows).toEqual(things.map(row))
      const different = new Set(things.map(thing => JSON.stringify(thing)))
      for (const column of columns) expect(column).toHaveLength(different.size)
    }),
  )
})
