import { expect, test } from 'vitest'
import { aTill, ils } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { chequesIn } from '../treasury/till/cheques.ts'
import { returnCheque } from '../treasury/till/return-cheque.ts'
import { tellOfCheques } from './cheques.ts'

const db = await testDatabase()
const till = await aTill(db)
tellOfCheques(till.house)

test('whoever paid by a cheque that was returned is told in the same act', async () => {
  const person = await till.person()
  const chargeId = await till.charge(person, ils(50_000))
  await till.take([{ chargeId, amount: ils(50_000), paid: ils(50_000) }], {
    payer: { personId: person.id, name: person.displayName },
    tenders: [
      {
        kind: 'cheque',
        amount: ils(50_000),
        drawer: 'سمير',
        bank: 'بنك فلسطين',
        number: '00017',
        dueOn: '2026-03-01',
      },
    ],
  })
  const [cheque] = await till.read(tx => chequesIn(tx, 'held'))
  const by = { kind: 'staff' as const, id: '0198a000-0000-7000-8000-00000000c012' }
  await till.write(tx => returnCheque(tx, till.house.events, cheque?.id ?? '', { by, reason: 'لا رصيد' }))
  const told = await db.owner.selectFrom('message').select(['person_id', 'body']).execute()
  expect(told).toHaveLength(1)
  expect(told[0]?.person_id).toBe(person.id)
  expect(told[0]?.body).toContain('00017')
})
