import { describe, expect, test } from 'vitest'
import { aDocument } from '../../../test/builders/archive.ts'
import type { BuiltPerson } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses } from '../../lib/addresses.ts'
import { money } from '../../lib/money.ts'
import { retireService } from '../catalogue/index.ts'
import { actionsOf, getDraft, saveDraft } from '../requests/index.ts'
import { duesOf, exceptionsFor, receiptsOfRequest } from '../treasury/index.ts'
import { aCounter, due, residence, subscription } from './testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, begin, counts, owe, read, request, staff, write } = counter
const ils = (minor: number) => money(minor, 'ILS')

/** Hangs the papers a service needs on a draft: what is scanned is the archive's own test. */
async function hang(by: keyof typeof staff, draft: string, person: BuiltPerson, ...papers: string[]) {
  await write(async tx => {
    const { papers: before } = await getDraft(tx, draft, { kind: 'staff', id: staff[by].id })
    const added: typeof before = {}
    for (const paper of papers) {
      const documentId = await aDocument(tx, { ownerId: person.id, kind: paper })
      added[paper] = [{ documentId, state: 'supplied' }]
    }
    await saveDraft(tx, draft, { papers: { ...before, ...added } })
  })
}

const money10 = { due: due(ils(1000)), received: '20' }
const whole = { ...residence, confirmed: 'yes', do: 'collect', payIn: 'ILS', ...money10 }
const requestId = (location: string) => /requests\/([0-9a-f-]+)/.exec(location)?.[1] ?? ''

async function aReadyCase(by: keyof typeof staff, code = 'ADM-01') {
  const person = await counter.person()
  const draft = await begin(by, person, code)
  await hang(by, draft, person, 'id-copy')
  const submit = (form: Record<string, string>) => ask(by, addresses.counterFile, { draft }, { form })
  return { person, draft, submit }
}

describe('a request at the counter', () => {
  test('is filed, its fee collected and accepted in one act by whoever is clerk and collector', async () => {
    const { person, submit } = await aReadyCase('teller')
    const answer = await submit(whole)
    expect(answer.status).toBe(303)
    const id = requestId(answer.location)
    const filed = await request(id)
    expect(filed).toMatchObject({
      channel: 'counter',
      applicantId: person.id,
      filedBy: { id: staff.teller.id },
    })
    expect(filed.projection).toMatchObject({ state: 'submitted', settledFeePoints: ['before-filing'] })
    const [receipt] = await read(tx => receiptsOfRequest(tx, id))
    expect(receipt?.tenders).toMatchObject([{ received: [ils(2000)], change: [ils(1000)] }])
    expect((await read(tx => actionsOf(tx, id))).map(action => action.name)).toEqual(['file', 'pay'])

    const page = await ask(
      'teller',
      addresses.counterReceived,
      { id },
      { query: { receipt: receipt?.id ?? '' } },
    )
    expect(page.text).toContain(`${filed.number}/${filed.year}`)
    expect(page.text).toContain('10.00 شيكل')
  })

  test('does not ask somebody by message for a fee they have just paid', async () => {
    const { person, submit } = await aReadyCase('teller')
    await submit(whole)
    const events = await counter.db.owner
      .selectFrom('message')
      .select('event')
      .where('person_id', '=', person.id)
      .execute()
    expect(events.map(each => each.event).sort()).toEqual(['paid', 'received'])
  })

  test('writes nothing at all when the money is too little', async () => {
    const { draft, submit } = await aReadyCase('teller')
    const before = await counts()
    const answer = await submit({ ...whole, received: '9.99' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('المقبوض أقل من المطلوب')
    expect(answer.html).toContain('value="9.99"')
    expect(await counts()).toEqual(before)
    const kept = await read(tx => getDraft(tx, draft, { kind: 'staff', id: staff.teller.id }))
    expect(kept).toMatchObject({ requestId: undefined, answers: { purpose: 'school', housing: 'owned' } })
  })

  test('is not filed for another sum than the one the clerk saw', async () => {
    const { submit } = await aReadyCase('teller')
    const before = await counts()
    const answer = await submit({ ...whole, due: due(ils(500)), received: '10' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('تغيّر المطلوب')
    expect(await counts()).toEqual(before)
  })

  test('filed by a clerk without a till waits, and the collector’s receipt moves it on', async () => {
    const { submit } = await aReadyCase('clerk')
    const answer = await submit({ ...residence, confirmed: 'yes', do: 'file' })
    const id = requestId(answer.location)
    expect((await request(id)).projection.state).toBe('awaiting-fee')

    const list = await ask('collector', addresses.counter, {})
    expect(list.html).toContain(id)
    const short = await ask(
      'collector',
      addresses.counterCollect,
      { id },
      { form: { due: due(ils(1000)), received: '5', payIn: 'ILS' } },
    )
    expect(short.status).toBe(422)
    expect((await request(id)).projection.state).toBe('awaiting-fee')

    const paid = await ask(
      'collector',
      addresses.counterCollect,
      { id },
      { form: { due: due(ils(1000)), received: '10', payIn: 'ILS' } },
    )
    expect(paid.status).toBe(303)
    expect((await request(id)).projection.state).toBe('submitted')
  })

  test('lets no clerk without a till collect', async () => {
    const { submit } = await aReadyCase('clerk')
    const before = await counts()
    expect((await submit(whole)).status).toBe(403)
    expect(await counts()).toEqual(before)
  })

  test('sent twice is filed once, and with another key finds what was filed', async () => {
    const { draft, submit } = await aReadyCase('teller')
    const before = await counts()
    const form = { ...whole, _key: 'the-same-key' }
    const [one, other] = await Promise.all([submit(form), submit(form)])
    expect(one?.status).toBe(303)
    const again = await ask(
      'teller',
      addresses.counterFile,
      { draft },
      { form: { ...whole, _key: 'another-key' } },
    )
    const ids = [one, other, again].map(answer => requestId(answer?.location ?? ''))
    expect(new Set(ids).size).toBe(1)
    const after = await counts()
    expect(after.request).toBe((before.request ?? 0) + 1)
    expect(after.receipt).toBe((before.receipt ?? 0) + 1)
  })

  test('needs the summary confirmed, every answer and every paper, and says so at each', async () => {
    const person = await counter.person()
    const draft = await begin('teller', person)
    const { livingSince: _, ...unanswered } = residence
    const answer = await ask(
      'teller',
      addresses.counterFile,
      { draft },
      { form: { ...unanswered, do: 'collect', payIn: 'ILS', ...money10 } },
    )
    expect(answer.status).toBe(422)
    for (const field of ['f-confirmed', 'f-livingSince', 'f-id-copy'])
      expect(answer.html).toContain(`href="#${field}"`)
  })

  test('of a service that was stopped meanwhile is not filed, and what was written is kept', async () => {
    const { draft, submit } = await aReadyCase('teller', 'ADM-91')
    await write(tx => retireService(tx, 'ADM-91', { kind: 'system', id: 'test' }))
    const before = await counts()
    const answer = await submit({ ...whole, due: due(ils(25_500)), received: '255' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('أُوقفت هذه الخدمة')
    expect(await counts()).toEqual(before)
    expect((await ask('teller', addresses.counterDraft, { draft })).html).toContain('value="1/5/2015"')
    await counter.db.owner
      .updateTable('service_version')
      .set({ retired_at: null })
      .where('service_code', '=', 'ADM-91')
      .execute()
  })

  test('keeps what cannot be read as it was typed, and blames no question that was not asked', async () => {
    const draft = await begin('teller', await counter.person())
    const form = { ...residence, _shown: 'purpose residence', 'residence.block': '3ب' }
    expect((await ask('teller', addresses.counterDraftPage, { draft, page: 'all' }, { form })).status).toBe(
      303,
    )
    const page = await ask('teller', addresses.counterDraft, { draft })
    expect(page.html).toContain('value="3ب"')
    expect(page.html).toContain('f-residence-block-err')
    expect(page.html).not.toContain('f-livingSince-err')
  })
})

describe('a fee in dinars', () => {
  test('is taken in shekels by the day’s rate, with the change', async () => {
    const { submit } = await aReadyCase('teller', 'ADM-91')
    const answer = await submit({ ...whole, due: due(ils(25_500)), received: '260' })
    expect(answer.status).toBe(303)
    const [receipt] = await read(tx => receiptsOfRequest(tx, requestId(answer.location)))
    expect(receipt?.lines[0]).toMatchObject({ amount: money(50_000, 'JOD'), paid: ils(25_500) })
    expect(receipt?.lines[0]?.rate?.toString()).toBe('5.1')
    expect(receipt?.tenders).toMatchObject([{ change: [ils(500)] }])
  })

  test('is taken in dinars where dinars are handed over', async () => {
    const { submit } = await aReadyCase('teller', 'ADM-91')
    const answer = await submit({ ...whole, payIn: 'JOD', due: due(money(50_000, 'JOD')), received: '50' })
    const [receipt] = await read(tx => receiptsOfRequest(tx, requestId(answer.location)))
    expect(receipt).toMatchObject({ tenders: [{ received: [money(50_000, 'JOD')] }], rates: [] })
  })
})

describe('dues', () => {
  async function aHeldCase() {
    const person = await counter.person()
    const chargeId = await owe(person, ils(6000))
    const draft = await begin('teller', person, 'ELE-01')
    await hang('teller', draft, person, 'id-copy', 'property-tax-clearance', 'undertaking')
    const submit = () =>
      ask(
        'teller',
        addresses.counterFile,
        { draft },
        { form: { ...subscription, confirmed: 'yes', do: 'collect', payIn: 'ILS', ...money10 } },
      )
    return { person, draft, chargeId, submit }
  }

  test('stop the service whose rule says so', async () => {
    const { draft, submit } = await aHeldCase()
    const before = await counts()
    const answer = await submit()
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('الذمم تمنع')
    expect(await counts()).toEqual(before)
    expect((await ask('teller', addresses.counterDraft, { draft })).text).toContain(staff.manager.name.ar)
  })

  test('are no longer in the way once paid at the window', async () => {
    const { draft, chargeId, submit, person } = await aHeldCase()
    const paid = await ask(
      'teller',
      addresses.counterDraftFee,
      { draft },
      { form: { ...subscription, due: chargeId, duesReceived: '100' } },
    )
    expect(paid.status).toBe(303)
    expect(await read(tx => duesOf(tx, person.id, '2026-03-01'))).toEqual([])
    expect((await submit()).status).toBe(303)
  })

  test('are paid in another way on the page of all ways, which leads back to the request', async () => {
    const { draft, chargeId, person, submit } = await aHeldCase()
    const form = { ...subscription, due: chargeId, duesHow: 'otherwise' }
    const led = await ask('teller', addresses.counterDraftFee, { draft }, { form })
    expect(led.status).toBe(303)
    expect(led.location).toContain(`/counter/people/${person.id}/pay?draft=${draft}&d=${chargeId}`)
    const page = await ask(
      'teller',
      addresses.counterPay,
      { person: person.id },
      { query: { draft, d: chargeId } },
    )
    expect(page.html).toContain(`name="draft" value="${draft}"`)
    const paid = await ask(
      'teller',
      addresses.counterPay,
      { person: person.id },
      {
        form: {
          draft,
          d: chargeId,
          due: '60.00 ILS',
          'card-amount': '60',
          'card-last4': '4417',
          'card-slip': '12',
        },
      },
    )
    expect(paid.location).toMatch(new RegExp(`/counter/requests/.*${draft}.*receipt=|${draft}\\?receipt=`))
    expect((await submit()).status).toBe(303)
  })

  test('let the request pass by an exception in the manager’s name, and stay owed', async () => {
    const { draft, submit, person } = await aHeldCase()
    const bare = await ask(
      'manager',
      addresses.counterException,
      { draft },
      { form: { ...subscription, scope: 'dues', duesReason: ' ' } },
    )
    expect(bare.status).toBe(422)
    const form = { ...subscription, scope: 'dues', duesReason: 'حالة إنسانية' }
    expect((await ask('manager', addresses.counterException, { draft }, { form })).status).toBe(303)
    const id = requestId((await submit()).location)
    expect(await read(tx => exceptionsFor(tx, { requestId: id }))).toMatchObject([
      { by: staff.manager.id, reason: 'حالة إنسانية', scope: 'dues' },
    ])
    const dues = await read(tx => duesOf(tx, person.id, '2026-03-01'))
    expect(dues.map(each => each.amount)).toEqual([ils(6000)])
  })

  test('are not excepted by a clerk', async () => {
    const { draft } = await aHeldCase()
    const form = { ...subscription, scope: 'dues', duesReason: 'جار' }
    expect((await ask('teller', addresses.counterException, { draft }, { form })).status).toBe(403)
    expect(await read(tx => exceptionsFor(tx, { draftId: draft }))).toEqual([])
  })

  test('excepted for the fee do not let the dues pass', async () => {
    const { draft, submit } = await aHeldCase()
    const form = { ...subscription, scope: 'fee', feeReason: 'قرار المجلس' }
    await ask('manager', addresses.counterException, { draft }, { form })
    expect((await submit()).status).toBe(409)
  })
})

test('a fee excepted by name is accepted unpaid, and stays owed', async () => {
  const { draft, submit, person } = await aReadyCase('clerk')
  await ask(
    'manager',
    addresses.counterException,
    { draft },
    { form: { ...residence, scope: 'fee', feeReason: 'قرار المجلس 12' } },
  )
  const id = requestId((await submit({ ...residence, confirmed: 'yes', do: 'file' })).location)
  expect((await request(id)).projection.state).toBe('submitted')
  const pay = (await read(tx => actionsOf(tx, id))).find(action => action.name === 'pay')
  expect(pay).toMatchObject({
    actor: { id: staff.manager.id },
    data: { exception: { by: staff.manager.id, reason: 'قرار المجلس 12' } },
  })
  expect((await read(tx => duesOf(tx, person.id, '2026-03-01'))).map(each => each.amount)).toEqual([
    ils(1000),
  ])
  expect(await read(tx => receiptsOfRequest(tx, id))).toEqual([])
})
