import { beforeAll, describe, expect, test } from 'vitest'
import { aDocument } from '../test/builders/archive.ts'
import { aHouse } from '../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff } from '../test/builders/people.ts'
import {
  aFiledRequest,
  aWorker,
  aWorkingTown,
  type Bench,
  type FilingOverrides,
} from '../test/builders/requests.ts'
import { anOpenTill, ils } from '../test/builders/treasury.ts'
import { testDatabase } from '../test/database.ts'
import { registerDepartments } from './effects.ts'
import type { Role } from './kernel/access/index.ts'
import type { ActName, Answers } from './kernel/definition/index.ts'
import type { ActData } from './kernel/workflow/index.ts'
import { newId } from './lib/ids.ts'
import {
  attachPaper,
  getRequest,
  performAct,
  type Request,
  registerRequests,
} from './offices/requests/index.ts'
import {
  accountFor,
  chargesOfRequest,
  duesOf,
  raiseCharge,
  takeReceipt,
  verifyTreasury,
} from './offices/treasury/index.ts'
import { endTemporary } from './offices/utilities/effects/temporary.ts'
import { insertSubscription, subscriptionsOf } from './offices/utilities/index.ts'
import { openTownDirectory } from './web/town.ts'

const db = await testDatabase()
const house = aHouse(db)
const posts = {
  clerk: ['clerk', 'service-centre'],
  biller: ['officer', 'billing'],
  lawyer: ['legal-adviser', 'legal'],
  technician: ['officer', 'electricity'],
  head: ['head', 'electricity'],
  mayor: ['mayor', 'mayor-office'],
  accountant: ['officer', 'finance'],
  collector: ['collector', 'treasury'],
} as const satisfies Record<string, readonly [Role, string]>
type Post = keyof typeof posts
let bench: Bench
const staff = {} as Record<Post, BuiltStaff>

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ELE-08', 'ELE-14'])
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  registerDepartments()
  for (const [post, [role, office]] of Object.entries(posts))
    staff[post as Post] = await aWorker(bench, role, office)
})

const read = db.database.read.bind(db.database)
const state = (id: string): Promise<Request> => read(bench.town.id, tx => getRequest(tx, id))

/** What somebody does with the task that lies with their office, with the papers that prove it. */
async function act(id: string, by: Post, name: ActName, fields?: Answers, proofs: readonly string[] = []) {
  const who = staff[by]
  const { projection } = await state(id)
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === who.office)
  const done = await db.database.write(bench.town.id, async tx => {
    const data: ActData = { ...(fields && { fields }), ...(proofs.length > 0 && { proofs: [] }) }
    for (const paperId of proofs) {
      const documentId = await aDocument(tx, { kind: 'proof' })
      await attachPaper(tx, id, { paperId, documentId, state: 'supplied' }, { kind: 'staff', id: who.id })
      data.proofs?.push({ id: paperId, documentId })
    }
    const appointments = [{ role: who.role, office: who.office }]
    const actor = { kind: 'staff' as const, staffId: who.id, appointments }
    return performAct(tx, bench, { requestId: id, name, actor, taskId: task?.id, data })
  })
  return done.request.projection
}

const file = async (person: BuiltPerson, over: FilingOverrides): Promise<string> =>
  (await aFiledRequest(bench, person.id, { channel: 'counter', ...over })).requestId

describe('a subscription that passes to an heir with its debts', () => {
  test('changes hands by the contract and moves the debt by the undertaking, each once and in its own books', async () => {
    const giver = await aPerson({ house, town: bench.town.id })
    const taker = await aPerson({ house, town: bench.town.id })
    await db.database.write(bench.town.id, async tx => {
      const id = newId(tx.now)
      const account = await accountFor(tx, {
        objectKind: 'subscription',
        objectId: id,
        kind: 'electricity',
        holderId: giver.id,
        from: '2025-01-01',
      })
      await insertSubscription(tx, {
        id,
        number: '70001',
        utility: 'electricity',
        phases: 1,
        amperes: 25,
        billing: 'billed',
        meterNumber: 'E-1',
        address: { block: '3', quarter: '', parcel: '8', landmark: '' },
        accountId: account.id,
        holderId: giver.id,
        capacity: 'holder',
        from: '2025-01-01',
        requestId: undefined,
      })
      await raiseCharge(tx, {
        accountId: account.id,
        debtorId: giver.id,
        dueKind: 'electricity',
        amount: ils(90_000),
        label: { ar: 'فاتورة', en: 'Bill' },
        reasons: {},
        dueOn: '2026-02-01',
        refundable: false,
        by: { kind: 'system', id: 'billing' },
      })
    })
    const id = await file(giver, {
      serviceCode: 'ELE-08',
      answers: {
        subscription: '70001',
        newHolder: taker.idNumber,
        newHolderName: taker.displayName,
        newHolderPhone: '0599123456',
        relation: 'bought',
        debts: 'taker',
      },
      papers: [
        'id-copy',
        'taker-id',
        'taker-acceptance',
        'debts-undertaking',
        'property-tax-clearance',
        'title',
      ],
    })
    await act(id, 'clerk', 'approve')
    await act(id, 'biller', 'approve', {
      openDebt: ils(90_000),
      debtsKept: 'moved',
      transferProof: 'تعهد عدلي 12/2026',
    })
    expect((await state(id)).projection.step).toBe('legal-opinion')
    await act(id, 'lawyer', 'approve', { legalOpinion: 'التعهد مستوفٍ.' })
    await act(id, 'technician', 'approve', { reading: 5120 })
    await act(id, 'head', 'approve')
    await act(id, 'mayor', 'sign')
    await act(id, 'technician', 'run-effect', { contractShown: true })
    const moved = await act(id, 'biller', 'run-effect')
    expect(moved.step).toBe('handover')

    const today = '2026-03-02'
    const owed = (person: BuiltPerson) =>
      read(bench.town.id, async tx => (await duesOf(tx, person.id, today)).map(due => due.open.minor))
    const held = (person: BuiltPerson) =>
      read(bench.town.id, async tx => (await subscriptionsOf(tx, person.id, today)).map(each => each.number))
    expect([await held(giver), await held(taker)]).toEqual([[], ['70001']])
    expect([await owed(giver), await owed(taker)]).toEqual([[], [90_000]])
    expect(await read(bench.town.id, tx => verifyTreasury(tx))).toEqual([])
  })
})

describe('a wedding panel', () => {
  test('is paid for, runs its days, ends by itself, and its deposit goes back less what the panel cost', async () => {
    const person = await aPerson({ house, town: bench.town.id })
    const id = await file(person, {
      serviceCode: 'ELE-14',
      answers: {
        occasion: 'wedding',
        from: '2026-03-02',
        until: '2026-03-04',
        street: true,
        hoursPerDay: 6,
        place: { block: '3', quarter: '', parcel: '8', landmark: '' },
        machines: [{ machine: 'حبال إنارة', kilowatts: 2, pieces: 4 }],
      },
      papers: ['id-copy'],
    })
    await act(id, 'clerk', 'approve')
    const fixed = { amperes: 40, feedPoint: 'عمود 118', estimatedUnits: 120, networkEnough: true }
    await act(id, 'technician', 'approve', fixed)
    expect((await act(id, 'head', 'approve')).state).toBe('awaiting-fee')
    const charges = () => read(bench.town.id, tx => chargesOfRequest(tx, id))
    expect((await charges()).map(each => [each.feeId, each.amount.minor, each.refundable])).toEqual([
      ['deposit', 200_00, true],
      ['use', 78_00, false],
    ])
    await db.database.write(bench.town.id, async tx => {
      await anOpenTill(tx, staff.collector.id)
      const open = (await chargesOfRequest(tx, id)).filter(each => each.open.minor > 0)
      await takeReceipt(tx, house.events, {
        payer: { personId: person.id, name: person.displayName },
        collectorId: staff.collector.id,
        requestId: id,
        tenders: [{ kind: 'cash', received: open.map(each => each.open), change: [] }],
        lines: open.map(each => ({ chargeId: each.id, amount: each.open, paid: each.open })),
      })
    })
    await act(id, 'technician', 'run-effect', { meterNumber: 'V-1', initialReading: 500 }, ['panel-photo'])
    const running = () => read(bench.town.id, tx => subscriptionsOf(tx, person.id, '2026-03-02'))
    expect(await running()).toMatchObject([{ endsOn: '2026-03-04', amperes: 40 }])
    db.clock.advance(5 * 86_400_000)
    expect(await endTemporary(house, bench.town)).toBe(1)
    expect(await running()).toEqual([])

    await act(id, 'technician', 'run-effect', { lastReading: 611, panelSound: false }, ['photo-after'])
    await act(id, 'accountant', 'run-effect', { depositKept: ils(5_000), paymentWay: 'cash' })
    expect((await act(id, 'clerk', 'hand-over')).state).toBe('done')
    expect(await read(bench.town.id, tx => verifyTreasury(tx))).toEqual([])
    const out = await db.owner.selectFrom('payment_voucher').select('amount_minor').execute()
    expect(out.map(each => Number(each.amount_minor))).toEqual([150_00])
  })
})
