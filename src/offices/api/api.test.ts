import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aJpeg, aPdf } from '../../../test/builders/files.ts'
import { aPerson } from '../../../test/builders/people.ts'
import { aProgram, api, freshKey } from '../../../test/builders/program.ts'
import { aFiledRequest, aWorker, completeAnswers } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import { wallOf } from '../../kernel/access/index.ts'
import { performAct } from '../requests/index.ts'
import { verifyTreasury } from '../treasury/index.ts'

const db = await testDatabase()
const { house, town, bench, person, otherKey, strangeKey, ask, send, aPaper, filing, aRequest, pay, counts } =
  await aProgram(db)

describe('filing', () => {
  test('gives the same answer for the same key, and refuses the key with another body', async () => {
    const body = filing(await aPaper())
    const headers = { 'idempotency-key': freshKey() }
    const first = await ask(api('/requests'), body, { headers })
    const before = await counts()
    const again = await ask(api('/requests'), body, { headers })
    expect([again.status, again.json]).toEqual([201, first.json])
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(await counts()).toEqual(before)
    const other = await ask(api('/requests'), { ...body, capacity: 'agent' }, { headers })
    expect(other.json.code).not.toBe(undefined)
    const changed = { ...body, answers: { ...body.answers, purpose: 'work' } }
    expect(await ask(api('/requests'), changed, { headers })).toMatchObject({
      status: 409,
      json: { code: 'idempotency-key-reused' },
    })
    expect(await counts()).toEqual(before)
  })

  test('takes whose affair it is where somebody files for another, and from nobody else', async () => {
    const principal = await aPerson({ house, town: town.id })
    const file = async (over: Record<string, unknown>) => {
      const body = filing(await aPaper(), over)
      const proof = { paper: 'power-of-attorney', document: await aPaper() }
      return ask(api('/requests'), over.capacity ? { ...body, papers: [...body.papers, proof] } : body)
    }
    const at = (code: string) => ({ status: 400, json: { faults: [{ pointer: '#/principal', code }] } })
    expect(await file({ capacity: 'agent' })).toMatchObject(at('principal-missing'))
    expect(await file({ principal: principal.id })).toMatchObject(at('principal-unasked'))
    expect(await file({ capacity: 'agent', principal: person.id })).toMatchObject(
      at('principal-is-applicant'),
    )
    const nobody = '0198a000-0000-7000-8000-00000000dead'
    expect(await file({ capacity: 'agent', principal: nobody })).toMatchObject(at('no-such-person'))
    const { status, json } = await file({ capacity: 'agent', principal: principal.id })
    expect(status).toBe(201)
    const { rows } = await sql`select c.debtor_id from charge c where request_id = ${json.id}::uuid`.execute(
      db.owner,
    )
    expect(rows).toEqual([{ debtor_id: principal.id }])
  })

  test('keeps the tracking link out of the database', async () => {
    const { json } = await ask(api('/requests'), filing(await aPaper()))
    const token = String(json.tracking).split('/').at(-1) ?? ''
    expect(token.length).toBeGreaterThan(15)
    const kept = await sql<{ answer: string }>`select answer::text from idempotency`.execute(db.owner)
    expect(kept.rows.filter(({ answer }) => answer?.includes(token))).toEqual([])
  })

  test('points at what is wrong', async () => {
    const document = await aPaper()
    const faultsOf = async (over: Record<string, unknown>) =>
      (await ask(api('/requests'), filing(document, over))).json.faults as unknown
    const answers = { ...completeAnswers['ADM-01'] }
    expect(await faultsOf({ answers: { ...answers, purpose: undefined } })).toEqual([
      { pointer: '#/answers/purpose', code: 'required' },
    ])
    expect(await faultsOf({ answers: { porpoise: 'x', ...answers, residence: { bloc: '1' } } })).toEqual([
      { pointer: '#/answers/porpoise', code: 'unknown-field' },
      { pointer: '#/answers/residence/bloc', code: 'unknown-field' },
    ])
    expect(await faultsOf({ papers: [] })).toEqual([
      { pointer: '#/papers', code: 'required', values: { paper: 'id-copy' } },
    ])
    expect(await faultsOf({ papers: [{ paper: 'id-copy', document: await aPaper(otherKey) }] })).toEqual([
      { pointer: '#/papers/0/document', code: 'no-such-document' },
    ])
    expect(await faultsOf({ service: 'NO-99' })).toEqual([{ pointer: '#/service', code: 'no-such-service' }])
    expect(await faultsOf({ version: 99 })).toEqual([{ pointer: '#/version', code: 'no-such-service' }])
    expect(await faultsOf({ applicant: '0198a000-0000-7000-8000-00000000dead' })).toEqual([
      { pointer: '#/applicant', code: 'no-such-person' },
    ])
  })

  test('fills what an address leaves out, so that it reads well', async () => {
    const answers = { ...completeAnswers['ADM-01'], residence: { landmark: 'قرب المسجد' } }
    const { json } = await ask(api('/requests'), filing(await aPaper(), { answers }))
    const frozen = await sql<{
      words: string
    }>`select frozen::text as words from request where request_id = ${json.id}::uuid`.execute(db.owner)
    expect(frozen.rows[0]?.words).toContain('قرب المسجد')
    expect(frozen.rows[0]?.words).not.toContain('undefined')
  })
})

describe('a key reaches what it filed itself', () => {
  test('and nothing of another key or of the windows', async () => {
    const theirs = await aRequest(otherKey)
    const web = await aFiledRequest(bench, person.id)
    for (const id of [theirs.id, web.requestId]) {
      expect(await ask(api(`/requests/${id}`))).toMatchObject({
        status: 404,
        json: { code: 'no-such-request' },
      })
      expect(await ask(api(`/messages?request=${id}`))).toMatchObject({ status: 404 })
      expect(await ask(api(`/requests/${id}/actions`), { act: 'withdraw' })).toMatchObject({ status: 404 })
    }
    const ids = new Set<string>()
    let next = ''
    do {
      const { json } = await ask(api(`/requests?limit=3${next && `&cursor=${next}`}`))
      for (const { id } of json.items as unknown as { id: string }[]) {
        expect(ids.has(id)).toBe(false)
        ids.add(id)
      }
      next = String(json.next ?? '')
    } while (next)
    expect(ids.has(theirs.id) || ids.has(web.requestId)).toBe(false)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from request r join api_key k on k.key_id::text = r.filed_by
      where k.name = 'سلطة المياه'`.execute(db.owner)
    expect(ids.size).toBe(rows[0]?.n)
    expect(await ask(api('/requests?cursor=what'))).toMatchObject({
      status: 400,
      json: { code: 'bad-cursor' },
    })
  })

  test('of receipts too', async () => {
    const { json } = await pay(await aRequest())
    const number = encodeURIComponent(String(json.number))
    expect(number).toMatch(/^API-\d+%2F2026$/)
    expect(await ask(api(`/receipts/${number}`))).toMatchObject({ status: 200 })
    expect(await ask(api(`/receipts/${number}`), undefined, { as: otherKey })).toMatchObject({ status: 404 })
  })

  test('of charges too: the account they stand on, and nothing else that stands there', async () => {
    const [mine, theirs] = [await aRequest(), await aRequest(otherKey)]
    const both = [mine.id, theirs.id]
    const one =
      await sql`select distinct account_id from charge where request_id = any(${both}::uuid[])`.execute(
        db.owner,
      )
    expect(one.rows).toHaveLength(1)
    const keys = await sql<{
      id: string
      name: string
    }>`select key_id::text as id, name from api_key`.execute(db.owner)
    const reached = (name: string) => {
      const keyId = keys.rows.find(key => key.name === name)?.id ?? ''
      return db.database.read(
        town.id,
        async tx => {
          const { rows } = await sql<{ of: string }>`
            select c.request_id as of from charge c join account a using (municipality_id, account_id)
            union all select request_id from voucher v join voucher_line l using (municipality_id, voucher_id)`.execute(
            tx.q,
          )
          const { rows: accounts } = await sql`
            select distinct a.account_id from account a join charge c using (municipality_id, account_id)
             where c.request_id = any(${both}::uuid[])`.execute(tx.q)
          return { of: both.filter(id => rows.some(row => row.of === id)), accounts }
        },
        wallOf({ kind: 'partner', keyId, scopes: [] }, []),
      )
    }
    expect(await reached('سلطة المياه')).toEqual({ of: [mine.id], accounts: one.rows })
    expect(await reached('بنك')).toEqual({ of: [theirs.id], accounts: one.rows })
    expect(await reached('شركة اتصالات')).toEqual({ of: [], accounts: [] })
  })

  test('of people those it looked up, with the cause they read', async () => {
    const stranger = await aPerson({ house, town: town.id })
    expect(await ask(api(`/people/${stranger.id}/dues`))).toMatchObject({
      status: 404,
      json: { code: 'no-such-person' },
    })
    expect(await ask(api('/people/lookup'), { idNumber: stranger.idNumber })).toMatchObject({ status: 400 })
    expect(
      await ask(api('/people/lookup'), { name: stranger.name.family, cause: 'سداد فاتورة' }),
    ).toMatchObject({
      json: { faults: [{ pointer: '#/name', code: 'too-few' }] },
    })
    const cause = 'سداد فاتورة بطلبه'
    const found = await ask(api('/people/lookup'), { name: stranger.displayName, cause })
    expect(found.json.people).toEqual(expect.arrayContaining([expect.objectContaining({ id: stranger.id })]))
    expect(await ask(api(`/people/${stranger.id}/dues`))).toMatchObject({ status: 200 })
    const looks =
      await sql`select act, cause from audit where person_id = ${stranger.id} and actor_kind = 'partner' order by audit_id`.execute(
        db.owner,
      )
    expect(looks.rows).toEqual([
      { act: 'api.lookup', cause },
      { act: 'api.dues', cause },
    ])
    db.clock.advance(25 * 60 * 60_000)
    expect(await ask(api(`/people/${stranger.id}/dues`))).toMatchObject({ status: 404 })
  })
})

describe('a payment', () => {
  test('settles the fee, moves the request on and leaves books that agree', async () => {
    const request = await aRequest()
    const { json } = await pay(request)
    expect(json).toMatchObject({
      totals: [{ amount: '10.00', currency: 'ILS' }],
      reversed: false,
      request: request.id,
    })
    expect(await ask(api(`/requests/${request.id}`))).toMatchObject({
      json: { state: 'submitted', step: 'desk-review' },
    })
    const tasks = await ask(api(`/tasks?request=${request.id}`))
    expect(tasks.json.items).toMatchObject([{ office: { code: 'service-centre' }, step: 'desk-review' }])
    expect(await db.database.read(town.id, tx => verifyTreasury(tx))).toEqual([])
    const voucher = await sql`select v.by_kind from receipt r join voucher v using (voucher_id)
      where r.request_id = ${request.id}::uuid`.execute(db.owner)
    expect(voucher.rows).toEqual([{ by_kind: 'partner' }])
  })

  test('needs a key, pays no more than is open, and in the currency of the charge', async () => {
    const { id } = await aRequest()
    const { json } = await ask(api(`/requests/${id}`))
    const [{ charge }] = json.charges as unknown as [{ charge: string }]
    const paying = (amount: string, currency = 'ILS') => ({
      charges: [{ charge, amount: { amount, currency } }],
      payer: { name: 'سمير قطب' },
    })
    const before = await counts()
    expect(
      await ask(api('/payments'), paying('10.00'), { headers: { 'idempotency-key': '' } }),
    ).toMatchObject({
      json: { code: 'idempotency-key-missing' },
    })
    expect(await ask(api('/payments'), paying('10.01'))).toMatchObject({
      status: 409,
      json: { code: 'charge-overpaid' },
    })
    expect(await ask(api('/payments'), paying('10.00', 'JOD'))).toMatchObject({
      json: { faults: [{ pointer: '#/charges/0/amount/currency' }] },
    })
    expect(await ask(api('/payments'), paying('0.00'))).toMatchObject({
      json: { faults: [{ code: 'amount-not-positive' }] },
    })
    expect(await ask(api('/payments'), paying('1.00'), { as: strangeKey })).toMatchObject({
      json: { faults: [{ pointer: '#/charges/0/charge', code: 'no-such-charge' }] },
    })
    expect(await counts()).toEqual(before)
  })
})

describe('acts', () => {
  test('withdraw a request, once', async () => {
    const { id } = await aRequest()
    expect(
      await ask(api(`/requests/${id}/actions`), { act: 'withdraw', note: 'لم يعد لازمًا' }),
    ).toMatchObject({
      json: { state: 'withdrawn' },
    })
    expect(await ask(api(`/requests/${id}/actions`), { act: 'withdraw' })).toMatchObject({
      status: 409,
      json: { code: 'not-available' },
    })
  })

  test('supply papers that were asked for, and only its own documents', async () => {
    const request = await aRequest()
    await pay(request)
    const clerk = await aWorker(bench, 'clerk', 'service-centre')
    await db.database.write(town.id, async tx => {
      const [task] = (
        await sql<{
          task_id: string
        }>`select task_id from task where request_id = ${request.id}::uuid`.execute(tx.q)
      ).rows
      await performAct(tx, bench, {
        requestId: request.id,
        name: 'ask-papers',
        actor: {
          kind: 'staff',
          staffId: clerk.id,
          appointments: [{ role: 'clerk', office: 'service-centre' }],
        },
        taskId: task?.task_id,
        data: { papers: [{ id: 'id-copy', words: 'الصورة غير واضحة' }] },
      })
    })
    expect(await ask(api(`/requests/${request.id}`))).toMatchObject({
      json: { state: 'awaiting-papers', missing: [{ paper: 'id-copy', words: 'الصورة غير واضحة' }] },
    })
    const supply = (document: string) =>
      ask(api(`/requests/${request.id}/actions`), {
        act: 'supply-papers',
        papers: [{ paper: 'id-copy', document }],
      })
    expect(await supply(await aPaper(otherKey))).toMatchObject({
      json: { faults: [{ pointer: '#/papers/0/document' }] },
    })
    expect(await supply(await aPaper())).toMatchObject({ status: 200, json: { state: 'in-process' } })
  })
})

describe('a file', () => {
  test('that is no paper is refused and leaves nothing', async () => {
    const before = await counts()
    for (const [body, status, code] of [
      [new TextEncoder().encode('hello'), 400, 'file-type-refused'],
      [new Uint8Array(25 * 1024 * 1024 + 1), 413, 'body-too-large'],
    ] as const) {
      expect(await send(body)).toMatchObject({ status, json: { code } })
    }
    expect(await counts()).toEqual(before)
  })

  test('sent twice with one key is one document', async () => {
    const headers = { 'idempotency-key': freshKey(), 'content-type': 'application/pdf' }
    const paper = aPdf()
    const before = await counts()
    const [first, second] = [await send(paper, headers), await send(paper, headers)]
    expect(second.json).toEqual(first.json)
    const after = await counts()
    // Once in the archive, and once in the record.
    expect(after?.documents).toBe((before?.documents ?? 0) + 1)
    expect(after?.audits).toBe((before?.audits ?? 0) + 1)
    const other = await send(await aJpeg(), headers)
    expect(other.json).toMatchObject({ code: 'idempotency-key-reused' })
  })
})
