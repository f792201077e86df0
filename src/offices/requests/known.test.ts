import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown, type Bench, completeAnswers } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Answers, CompiledField, Field } from '../../kernel/definition/index.ts'
import { knownAnswers } from './known.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
})

const words = { ar: 'نص', en: 'Text' }
const question = (id: string, kind: Field['kind'], over: Partial<Field> = {}): CompiledField => {
  const field: Field = { id, kind, label: words, ...over }
  return { id, field, applies: () => true }
}
const place = question('residence', 'address', { prefill: 'address' })
const phone = question('phone', 'phone', { prefill: 'phone' })
const housing = question('housing', 'choice', {
  prefill: 'last-answer',
  options: ['owned', 'rented'].map(id => ({ id, label: words })),
})
const known = (personId: string, fields: CompiledField[], answered: Answers = {}) =>
  db.database.read(bench.town.id, tx => knownAnswers(tx, house, personId, fields, answered))
const aResident = (over: Parameters<typeof aPerson>[1] = {}) => aPerson({ house, town: bench.town.id }, over)

describe('what the town knows before anybody types', () => {
  test('is the home and the telephone of the record, each with its source', async () => {
    const person = await aResident({ phone: '0599123456' })
    const { answers, from } = await known(person.id, [place, phone])
    expect(answers).toEqual({
      residence: { block: '', quarter: 'البلدة القديمة', parcel: '', landmark: 'بجانب المسجد' },
      phone: '+970599123456',
    })
    expect([...from]).toEqual([
      ['residence', 'record'],
      ['phone', 'phone'],
    ])
  })

  test('is else what was answered the last time', async () => {
    const person = await aResident()
    await sql`update person set address = address || '{"landmark": ""}' where person_id = ${person.id}`.execute(
      db.owner,
    )
    await aFiledRequest(bench, person.id, { serviceCode: 'ADM-01' })
    const { answers, from } = await known(person.id, [place, housing])
    expect(answers).toEqual({ residence: completeAnswers['ADM-01']?.residence, housing: 'owned' })
    expect(from.get('housing')).toBe('request')
  })

  test('is never another’s, and not what was answered already', async () => {
    const person = await aResident()
    await aFiledRequest(bench, person.id, { serviceCode: 'ADM-01' })
    expect((await known((await aResident()).id, [housing])).answers).toEqual({})
    expect((await known(person.id, [housing], { housing: 'rented' })).answers).toEqual({})
  })

  test('leaves out an answer of the same name to another question', async () => {
    const person = await aResident()
    await aFiledRequest(bench, person.id, { serviceCode: 'ADM-01' })
    const strange = [
      question('housing', 'whole-number', { prefill: 'last-answer' }),
      question('purpose', 'choice', { prefill: 'last-answer', options: [{ id: 'trade', label: words }] }),
    ]
    expect((await known(person.id, strange)).answers).toEqual({})
  })

  test('is asked of the database only where a question wants it', async () => {
    const person = await aResident()
    expect((await known(person.id, [question('name', 'text')])).from.size).toBe(0)
  })
})
