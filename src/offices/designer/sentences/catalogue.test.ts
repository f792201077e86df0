import { describe, expect, test } from 'vitest'
import { parseService } from '../../../kernel/definition/index.ts'
import { wholeScope } from '../../../kernel/definition/scope.ts'
import { compileFeel } from '../../../kernel/feel/index.ts'
import { listServiceFiles } from '../../catalogue/index.ts'
import { readCondition } from './condition.ts'
import { readFee, writeFee } from './fee.ts'
import { writeCondition } from './write.ts'

const { files, commons } = await listServiceFiles()
const definitions = files.flatMap(({ source }) => {
  const read = parseService(source, commons)
  return read.ok ? [read.definition] : []
})

/** Every condition of a service, wherever it stands, examples apart. */
function conditionsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(conditionsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) =>
    key === 'when' && typeof inside === 'string' ? [inside] : key === 'examples' ? [] : conditionsOf(inside),
  )
}

const share = (read: number, all: number) => read / all

describe('the rules of the catalogue in sentences', () => {
  test('nine in ten conditions and eight in ten amounts are said without a formula', () => {
    const conditions = [...new Set(definitions.flatMap(conditionsOf))]
    const amounts = [...new Set(definitions.flatMap(({ fees }) => fees.map(fee => fee.amount)))]
    expect(share(conditions.filter(readCondition).length, conditions.length)).toBeGreaterThan(0.9)
    expect(share(amounts.filter(readFee).length, amounts.length)).toBeGreaterThan(0.8)
  })

  test('written back from its sentences, each still compiles and gives what it gave', () => {
    for (const definition of definitions) {
      const scope = wholeScope(definition)
      for (const rule of conditionsOf(definition)) {
        const read = readCondition(rule)
        if (read)
          expect([rule, compileFeel(writeCondition(read), scope).type]).toEqual([rule, { kind: 'boolean' }])
      }
      for (const { amount, currency } of definition.fees) {
        const read = readFee(amount)
        if (!read) continue
        expect([amount, compileFeel(writeFee(read, currency), scope).type]).toEqual([
          amount,
          { kind: 'money', currency },
        ])
      }
    }
  })
})
