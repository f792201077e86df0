import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aDocument } from '../../../../test/builders/archive.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson } from '../../../../test/builders/people.ts'
import {
  aFiledRequest,
  aWorkingTown,
  type Bench,
  completeAnswers,
} from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Paper } from '../../../kernel/definition/index.ts'
import { type ArrivedPaper, checkPaper, paperTerms } from '../../../kernel/papers/index.ts'
import { addDays } from '../../../lib/calendar.ts'
import type { EventPayloads } from '../../../platform/events.ts'
import { accountNumber } from '../../treasury/account-number.ts'
import {
  accountFor,
  chargesOfRequest,
  grantExemption,
  raiseCharge,
  setTariff,
  verifyTreasury,
} from '../../treasury/index.ts'
import { type Filing, type FilingKey, fileAtOnce, forgetStanding, getRequest } from '../index.ts'

const db = await testDatabase()
const house = aHouse(db)
const keyId = '0198a000-0000-7000-8000-0000000000a1'
let bench: Bench
let person: BuiltPerson
let idCopy: string
const heard: EventPayloads['requests.acted'][] = []

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  person = await aPerson(place())
  idCopy = await partnersDocument()
  house.events.after('requests.acted', (_town, payload) => void heard.push(payload))
})

const place = () => ({ house, town: bench.town.id })
const read = <T>(work: Parameters<typeof db.database.read<T>>[1]) => db.database.read(bench.town.id, work)

/** A document sent by the program of a key. */
async function partnersDocument(by = keyId, type = 'application/pdf'): Promise<string> {
  const id = await db.database.write(bench.town.id, tx => aDocument(tx, { kind: 'identity-card' }))
  await sql`update document set added_by_kind = 'partner', added_by = ${by}, type = ${type} where document_id = ${id}`.execute(
    db.owner,
  )
  return id
}

const filing = (over: Partial<Filing> = {}): Filing => ({
  serviceCode: 'ADM-01',
  serviceVersion: 2,
  channel: 'api',
  capacity: 'principal',
  applicantId: person.id,
  answers: completeAnswers['ADM-01'] ?? {},
  papers: [{ paperId: 'id-copy', documentId: idCopy, state: 'supplied' }],
  by: { kind: 'partner', keyId, relation: 'party' },
  ...over,
})

const keyed = (key: string, body = 'body'): FilingKey => ({
  actor: `partner:${keyId}`,
  key,
  route: 'requests',
  bodyHash: Buffer.from(body),
  location: id => `/${id}`,
  answer: ({ state }) => ({ state }),
})

const once = (over: Partial<Filing> = {}, key?: FilingKey) => fileAtOnce(bench, filing(over), key)
const countRequests = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from request`.execute(db.owner)).rows[0]?.n

describe('filing in one statement', () => {
  test('files as the windows do, with the fee raised and the applicant told', async () => {
    const { filed } = await once()
    const request = await read(tx => getRequest(tx, filed?.requestId ?? ''))
    expect(request).toMatchObject({
      number: filed?.number,
      channel: 'api',
      filedBy: { kind: 'partner', id: keyId },
    })
    expect(request.projection.state).toBe('awaiting-fee')
    expect(heard.at(-1)).toEqual({
      requestId: filed?.requestId,
      act: 'file',
      state: 'awaiting-fee',
      offices: [],
    })
    const web = await aFiledRequest(bench, person.id)
    expect(await messagesOf(filed?.requestId)).toEqual(await messagesOf(web.requestId))
    expect((await messagesOf(filed?.requestId))[0]?.body).toContain('10.00')
  })

  test('asks for what a decision leaves of the fee and says why, and for nothing of one it lets off whole', async () => {
    const letOff = async (relieved: { percent: number }, decision: string) => {
      const { id } = await aPerson(place())
      await db.database.write(bench.town.id, tx =>
        grantExemption(tx, {
          personId: id,
          accountId: undefined,
          dueKind: undefined,
          relieved,
          decision,
          until: undefined,
          reason: 'حالة اجتماعية',
          from: '2026-01-01',
          by: { kind: 'staff', id },
        }),
      )
      forgetStanding(house)
      const { filed } = await once({ applicantId: id })
      const charges = await read(tx => chargesOfRequest(tx, filed?.requestId ?? ''))
      return { filed, charges }
    }
    const half = await letOff({ percent: 50 }, 'ق 7/2026')
    const full = { minor: 1000, currency: 'ILS' }
    expect(half.charges).toMatchObject([
      {
        open: { minor: 500, currency: 'ILS' },
        reasons: { exemption: { decision: 'ق 7/2026', percent: 50, full }, today: '2026-03-01' },
      },
    ])
    expect((await messagesOf(half.filed?.requestId))[0]?.body).toContain('5.00')
    const whole = await letOff({ percent: 100 }, 'ق 8/2026')
    expect(whole.filed?.state).toBe('submitted')
    expect(whole.charges).toEqual([])
    expect((await once()).filed?.state).toBe('awaiting-fee')
    expect(await read(tx => verifyTreasury(tx))).toEqual([])
  })

  test('leaves books that agree, and the account a person already has', async () => {
    await once()
    await once()
    const accounts = await sql`select 1 from account where object_id = ${person.id}`.execute(db.owner)
    expect(accounts.rows).toHaveLength(1)
    expect(await read(tx => verifyTreasury(tx))).toEqual([])
  })

  test('opens an account once when two of a person are filed at the same time', async () => {
    const newcomer = await aPerson(place())
    await Promise.all([1, 2, 3, 4].map(() => once({ applicantId: newcomer.id })))
    const accounts = await sql`select 1 from account where object_id = ${newcomer.id}`.execute(db.owner)
    expect(accounts.rows).toHaveLength(1)
    expect(await read(tx => verifyTreasury(tx))).toEqual([])
  })

  test('gives consecutive numbers without a gap, many at a time', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => once()))
    const numbers = made.map(({ filed }) => filed?.number ?? 0).sort((a, b) => a - b)
    expect(numbers.map(number => number - (numbers[0] ?? 0))).toEqual(numbers.map((_, at) => at))
  })
})

describe('the same key', () => {
  test('gives the first filing again and files nothing', async () => {
    const { filed } = await once({}, keyed('again-and-again'))
    const before = await countRequests()
    expect(await once({}, keyed('again-and-again'))).toEqual({
      kept: {
        requestId: filed?.requestId,
        number: filed?.number,
        year: 2026,
        answer: { state: 'awaiting-fee' },
      },
    })
    expect(await countRequests()).toBe(before)
  })

  test('gives it also to those who come at the same instant', async () => {
    const made = await Promise.all([1, 2, 3].map(() => once({}, keyed('all-together'))))
    expect(new Set(made.map(({ filed, kept }) => filed?.requestId ?? kept?.requestId)).size).toBe(1)
  })

  test('gives it when the same filing would be refused by now', async () => {
    const { filed } = await once({}, keyed('before-the-rule'))
    const { kept } = await once({ papers: [] }, keyed('before-the-rule'))
    expect(kept?.requestId).toBe(filed?.requestId)
  })

  test('with another body is refused', async () => {
    await once({}, keyed('two-meanings'))
    await expect(once({}, keyed('two-meanings', 'other'))).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    })
  })
})

describe('what a program names', () => {
  test('must be a document it sent itself, of a type the paper takes', async () => {
    const before = await countRequests()
    const paper = (documentId: string, paperId = 'id-copy') => ({
      papers: [{ paperId, documentId, state: 'supplied' as const }],
    })
    const faults = (over: Partial<Filing>) =>
      once(over).then(
        () => 'filed',
        error => error.faults,
      )
    expect(await faults(paper(await partnersDocument('0198a000-0000-7000-8000-0000000000ff')))).toMatchObject(
      [{ field: 'id-copy', code: 'no-such-document' }],
    )
    expect(await faults(paper('0198a000-0000-7000-8000-00000000dead'))).toMatchObject([
      { code: 'no-such-document' },
    ])
    expect(await faults(paper(await partnersDocument(keyId, 'image/tiff')))).toMatchObject([
      { code: 'file-type' },
    ])
    expect(await faults({ papers: [...filing().papers, ...paper(idCopy, 'lease').papers] })).toMatchObject([
      { field: 'lease', code: 'paper-not-asked' },
    ])
    expect(await countRequests()).toBe(before)
  })

  test('must be a person of the town', async () => {
    await expect(once({ applicantId: '0198a000-0000-7000-8000-00000000dead' })).rejects.toMatchObject({
      faults: [{ field: 'applicant', code: 'no-such-person' }],
    })
  })
})

test('a charge raised with the filing is row for row the one treasury raises', async () => {
  const other = await aPerson(place())
  const { filed } = await once({ applicantId: other.id })
  const twin = await aPerson(place())
  const by = { kind: 'partner', id: keyId }
  const reasons = {
    formula: 'tariff.applicationFee',
    tariffs: { applicationFee: { minor: 1000, currency: 'ILS' } },
    today: '2026-03-01',
  }
  await db.database.write(bench.town.id, async tx => {
    const account = await accountFor(tx, {
      objectKind: 'person',
      objectId: twin.id,
      kind: 'service-fee',
      holderId: twin.id,
    })
    await raiseCharge(tx, {
      accountId: account.id,
      debtorId: twin.id,
      requestId: filed?.requestId,
      feeId: 'application',
      feePoint: 'before-filing',
      dueKind: 'service-fee',
      label: { ar: 'رسم طلب', en: 'Application fee' },
      amount: { minor: 1000, currency: 'ILS' },
      refundable: false,
      reasons,
      dueOn: '2026-03-01',
      by,
    })
  })
  expect(await booksOf(other.id)).toEqual(await booksOf(twin.id))
})

test('the database holds papers to the same terms as the kernel', async () => {
  const someDay = fc.integer({ min: 0, max: 40 }).map(n => addDays('2026-02-01', n))
  const paper = fc.record(
    {
      id: fc.constant('p'),
      name: fc.constant({ ar: '', en: '' }),
      kind: fc.constant('lease'),
      accept: fc.subarray(['pdf', 'jpeg', 'png', 'heic', 'tiff'] as const, { minLength: 1 }),
      validDays: fc.integer({ min: 0, max: 30 }),
    },
    { requiredKeys: ['id', 'name', 'kind', 'accept'] },
  )
  const document = fc.record(
    {
      type: fc.constantFrom('application/pdf', 'image/jpeg', 'image/png', 'image/heic', 'image/tiff'),
      size: fc.constantFrom(0, 1, 26_214_400, 26_214_401),
      issuedOn: someDay,
    },
    { requiredKeys: ['type', 'size'] },
  )
  const documentId = await partnersDocument()
  await fc.assert(
    fc.asyncProperty(paper, document, someDay, async (asked, arrived, today) => {
      await sql`update document set type = ${arrived.type}, size = ${arrived.size}, issued_on = ${arrived.issuedOn ?? null}
                 where document_id = ${documentId}`.execute(db.owner)
      const { types, mostBytes, issuedFrom, issuedUntil } = paperTerms(asked as Paper, today)
      const terms = {
        types,
        most_bytes: mostBytes,
        issued_from: issuedFrom ?? null,
        issued_until: issuedUntil,
      }
      const papers = JSON.stringify([{ document_id: documentId, ...terms }])
      const held = db.database
        .once('held', 'select held_papers($1, $2, $3, $4)', [bench.town.id, papers, 'partner', keyId])
        .then(() => true)
      const kernel = checkPaper(asked as Paper, arrived as ArrivedPaper, today) === undefined
      expect(await held.catch(error => error.code !== 'SB422')).toBe(kernel)
    }),
    { numRuns: 200 },
  )
})

test('the account number is the same whoever writes it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 99_999_999 }), async running => {
      const { rows } = await sql<{
        number: string
      }>`select account_number('90', ${running}::int) as number`.execute(db.owner)
      expect(rows[0]?.number).toBe(accountNumber('service-fee', running))
    }),
    { numRuns: 100 },
  )
})

test('a tariff set now is met a few seconds later, not never', async () => {
  await db.database.write(bench.town.id, tx =>
    setTariff(tx, {
      key: 'applicationFee',
      from: '2026-03-01',
      amount: { minor: 2500, currency: 'ILS' },
      by: { kind: 'staff', id: keyId },
    }),
  )
  forgetStanding(house)
  const { filed } = await once()
  expect((await messagesOf(filed?.requestId))[0]?.body).toContain('25.00')
})

async function messagesOf(requestId: string | undefined) {
  const { rows } = await sql<{ body: string }>`
    select event, lane, encoding, parts, state, regexp_replace(body, '\\d+/2026', 'N/2026') as body, person_id, to_index
      from message where request_id = ${requestId} order by message_id`.execute(db.owner)
  return rows
}

/** Everything the books say of a person, without what is of one row alone. */
async function booksOf(personId: string) {
  const { rows } = await sql`
    select jsonb_agg(to_jsonb(x)) as books from (
      select a.kind, a.object_kind, a.opened_at, a.source, h.capacity, h.valid_from, h.valid_until, a.object_id = h.person_id as own_account,
             length(a.number) as digits, c.fee_id, c.fee_point, c.due_kind, c.label_ar, c.label_en, c.currency, c.amount_minor,
             c.settled_minor, c.refundable, c.reasons, c.raised_at, c.due_on, c.cancelled_at, c.request_id, v.kind as voucher, v.at,
             v.entered_at, v.description, v.by_kind, v.by_id, v.request_id as voucher_request, v.reverses,
             (select jsonb_agg(jsonb_build_array(l.line, l.ledger, l.account_id = a.account_id, l.charge_id = c.charge_id, l.currency,
                                                 l.amount_minor) order by l.line)
                from voucher_line l where l.voucher_id = v.voucher_id) as lines,
             (select jsonb_agg(jsonb_build_array(u.at, u.actor_kind, u.actor_id, u.actor_office, u.act, u.subject_kind, u.cause, u.personal,
                                                 u.person_id = c.debtor_id, u.request_id,
                                                 convert_from(u.canonical, 'utf8')::jsonb - 'auditId' - 'subjectId' - 'personId'))
                from audit u where u.subject_id = c.charge_id::text) as audited
        from account a join account_holder h using (account_id) join charge c using (account_id) join voucher v using (voucher_id)
       where a.object_id = ${personId}) x`.execute(db.owner)
  return rows
}
