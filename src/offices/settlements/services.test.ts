import { beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../test/builders/door.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff, logInAs } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { anOpenTill, ils } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Role } from '../../kernel/access/index.ts'
import { type ActName, parseService } from '../../kernel/definition/index.ts'
import type { ActData } from '../../kernel/workflow/index.ts'
import { listServiceFiles } from '../catalogue/files.ts'
import { certificatesOfRequest } from '../certificates/index.ts'
import {
  citizenRoutes,
  effectReads,
  getRequest,
  papersOf,
  performAct,
  requestNumber,
} from '../requests/index.ts'
import {
  accountFor,
  chargesOfRequest,
  duesOf,
  listExemptions,
  paymentsOfRequest,
  plansOf,
  raiseCharge,
  takeReceipt,
  verifyTreasury,
} from '../treasury/index.ts'
import { registerSettlements } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
const today = '2026-03-02'
let bench: Bench
const staff = new Map<string, BuiltStaff>()

const { files, commons } = await listServiceFiles()
const services = files.flatMap(({ source }) => {
  const read = parseService(source, commons)
  return read.ok ? [read.definition] : []
})

registerSettlements()

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['FIN-03', 'FIN-05', 'FIN-06', 'ADM-05'])
  const posts: [Role, string][] = [
    ['clerk', 'service-centre'],
    ['officer', 'billing'],
    ['officer', 'finance'],
    ['head', 'finance'],
    ['officer', 'internal-audit'],
    ['mayor', 'mayor-office'],
    ['collector', 'treasury'],
  ]
  for (const [role, office] of posts) staff.set(`${role} ${office}`, await aWorker(bench, role, office))
})

const someone = (): Promise<BuiltPerson> => aPerson({ house, town: bench.town.id })
const state = (id: string) => db.database.read(bench.town.id, tx => getRequest(tx, id))
const books = () => db.database.read(bench.town.id, verifyTreasury)
const who = (post: string): BuiltStaff => staff.get(post) ?? expect.fail(`nobody is ${post}`)

/** The step in hand is done by whoever has its post. */
async function done(id: string, name: ActName, data: ActData = {}, by?: BuiltStaff) {
  const task = (await state(id)).projection.tasks.find(each => each.state === 'open')
  const { id: staffId, role, office } = who(`${task?.role} ${task?.office}`)
  await db.database.write(bench.town.id, tx =>
    performAct(tx, bench, {
      requestId: id,
      name,
      taskId: task?.id,
      data,
      actor: { kind: 'staff', staffId: by?.id ?? staffId, appointments: [{ role, office }] },
    }),
  )
}

const owes = (person: BuiltPerson, minor: number, dueKind = 'water'): Promise<string> =>
  db.database.write(bench.town.id, async tx => {
    const { id } = await accountFor(tx, {
      objectKind: 'person',
      objectId: person.id,
      kind: dueKind,
      holderId: person.id,
    })
    return raiseCharge(tx, {
      accountId: id,
      debtorId: person.id,
      dueKind,
      amount: ils(minor),
      refundable: false,
      label: { ar: 'فاتورة', en: 'Bill' },
      reasons: {},
      dueOn: '2026-03-01',
      by: { kind: 'staff', id: who('officer billing').id },
    })
  })

const pays = (chargeId: string, minor: number): Promise<string> =>
  db.database.write(bench.town.id, async tx => {
    const collectorId = who('collector treasury').id
    await anOpenTill(tx, collectorId)
    const receipt = await takeReceipt(tx, house.events, {
      payer: { name: 'سمير' },
      collectorId,
      lines: [{ chargeId, amount: ils(minor), paid: ils(minor) }],
      tenders: [{ kind: 'cash', received: [ils(minor)], change: [] }],
    })
    return receipt.number
  })

const dues = (person: BuiltPerson) => db.database.read(bench.town.id, tx => duesOf(tx, person.id, today))

describe('services that name an effect of the treasury', () => {
  const naming = services.flatMap(definition =>
    definition.steps.flatMap((step, at) =>
      step.effect?.startsWith('treasury.') ? [[definition.code, step.effect, definition, at] as const] : [],
    ),
  )
  test.each(naming)('%s asks for all that %s reads', (_code, effect, { form, steps }, at) => {
    const fields = [
      ...form.pages.flatMap(page => page.fields),
      ...steps.slice(0, at + 1).flatMap(step => step.fields ?? []),
    ].map(({ id }) => id)
    expect(fields).toEqual(expect.arrayContaining([...(effectReads().get(effect) ?? ['no such effect'])]))
  })
})

describe('services that move debts, or money another errand brought', () => {
  const rests = new Map([
    ['treasury.exempt', 'reliefPercent'],
    ['treasury.make-plan', 'instalments'],
    ['treasury.transfer-debt', 'newDebtor'],
    ['treasury.refund', 'refundAmount'],
  ])
  const moving = services.flatMap(({ code, form, steps }) =>
    steps.flatMap((step, at) => {
      const field = rests.get(step.effect ?? '')
      const namesReceipt = form.pages.some(page => page.fields.some(({ id }) => id === 'receipt'))
      return field && (step.effect !== 'treasury.refund' || namesReceipt)
        ? [{ code, field, before: steps.slice(0, at), after: steps[at] }]
        : []
    }),
  )
  test.each(moving)(
    '$code decides after $field is known and before it is carried out',
    ({ field, before, after }) => {
      const decision = before.findLastIndex(({ kind }) => kind === 'decision' || kind === 'committee')
      expect(decision).toBeGreaterThan(-1)
      const later = [...before.slice(decision + 1), after].flatMap(step => step?.fields ?? [])
      expect(later.map(({ id }) => id)).not.toContain(field)
    },
  )
})

describe('FIN-03, paying less or later', () => {
  const file = (person: BuiltPerson, wish: string) =>
    aFiledRequest(bench, person.id, {
      serviceCode: 'FIN-03',
      papers: ['id-copy', 'social-report'],
      answers: {
        wish,
        dueKind: 'water',
        reason: 'income',
        words: 'دخلي لا يكفي لدفعها كلها',
        household: 5,
        ...(wish === 'instalments' && { monthlyAmount: ils(10_000) }),
      },
    })

  test('makes the plan that billing proposed and the mayor agreed, and tells both in the books', async () => {
    const person = await someone()
    await owes(person, 100_001)
    await owes(person, 500, 'waste')
    const { requestId } = await file(person, 'instalments')
    await done(requestId, 'approve')
    await done(requestId, 'approve', {
      fields: { owedNow: ils(100_001), instalments: 10, firstInstalment: '2026-03-10' },
    })
    await done(requestId, 'approve', { fields: { decisionNumber: 'ق 31/2026' } })
    await done(requestId, 'run-effect')
    const [plan, ...others] = await db.database.read(bench.town.id, tx => plansOf(tx, person.id, today))
    expect(others).toEqual([])
    expect(plan).toMatchObject({
      state: 'agreed',
      decision: 'ق 31/2026',
      amount: ils(100_001),
      proposedBy: who('officer billing').id,
      decidedBy: who('mayor mayor-office').id,
    })
    expect(plan?.instalments.map(each => each.dueOn).slice(0, 2)).toEqual(['2026-03-10', '2026-04-10'])
    expect((await dues(person)).filter(due => due.planKept).map(due => due.dueKind)).toEqual(['water'])
    await done(requestId, 'sign')
    await done(requestId, 'hand-over')
    expect((await state(requestId)).projection.state).toBe('done')
    expect(await books()).toEqual([])
  })

  test('is not agreed by the hand that proposed it', async () => {
    const person = await someone()
    await owes(person, 10_000)
    const { requestId } = await file(person, 'instalments')
    await done(requestId, 'approve')
    const fields = { owedNow: ils(10_000), instalments: 4, firstInstalment: '2026-03-10' }
    await done(requestId, 'approve', { fields }, who('mayor mayor-office'))
    await done(requestId, 'approve', { fields: { decisionNumber: 'ق 34/2026' } })
    await expect(done(requestId, 'run-effect')).rejects.toMatchObject({ code: 'own-proposal' })
    expect(await db.database.read(bench.town.id, tx => plansOf(tx, person.id, today))).toEqual([])
  })

  test('lets off the share that was decided', async () => {
    const person = await someone()
    await owes(person, 40_000)
    const { requestId } = await file(person, 'reduction')
    await done(requestId, 'approve')
    await done(requestId, 'approve', { fields: { owedNow: ils(40_000), reliefPercent: 25 } })
    await done(requestId, 'approve', { fields: { decisionNumber: 'ق 32/2026' } })
    await done(requestId, 'run-effect')
    expect((await dues(person)).map(due => due.open)).toEqual([ils(30_000)])
    expect(
      await db.database.read(bench.town.id, tx => listExemptions(tx, { personId: person.id })),
    ).toMatchObject([{ decision: 'ق 32/2026', grantedBy: who('mayor mayor-office').id }])
    expect(await books()).toEqual([])
  })

  test('stays with the office, and says why, where nothing is owed', async () => {
    const { requestId } = await file(await someone(), 'reduction')
    await done(requestId, 'approve')
    await done(requestId, 'approve', { fields: { owedNow: ils(0), reliefPercent: 25 } })
    await done(requestId, 'approve', { fields: { decisionNumber: 'ق 33/2026' } })
    await expect(done(requestId, 'run-effect')).rejects.toMatchObject({ code: 'nothing-owed' })
    expect((await state(requestId)).projection.step).toBe('relief')
  })
})

describe('FIN-05, a refund', () => {
  test('goes through accounting, audit and the mayor to a voucher and the cheque', async () => {
    const person = await someone()
    const receipt = await pays(await owes(person, 9_000), 9_000)
    const { requestId } = await aFiledRequest(bench, person.id, {
      serviceCode: 'FIN-05',
      papers: ['id-copy'],
      answers: { receipt, reason: 'mistake', amountAsked: ils(9_000), payTo: 'cheque' },
    })
    await done(requestId, 'approve')
    await done(requestId, 'approve', { fields: { refundAmount: ils(6_000), ledgerNote: 'دُفع بالخطأ' } })
    await done(requestId, 'approve')
    await done(requestId, 'approve')
    await done(requestId, 'run-effect', {
      fields: { paymentWay: 'cheque', paymentReference: '200340', paymentBank: 'بنك فلسطين' },
    })
    const payments = await db.database.read(bench.town.id, tx => paymentsOfRequest(tx, requestId))
    expect(payments).toMatchObject([{ amount: ils(6_000), reference: '200340', personId: person.id }])
    await done(requestId, 'sign')
    const papers = await db.database.read(bench.town.id, tx => certificatesOfRequest(tx, requestId))
    expect(papers).toHaveLength(1)
    await done(requestId, 'hand-over')
    expect((await state(requestId)).projection.state).toBe('done')
    expect(await books()).toEqual([])
    const cookie = await logInAs({ house, town: bench.town.id }, { personId: person.id })
    const page = await (
      await aDoor(house, citizenRoutes).knock(`/my/requests/${requestId}`, { cookie })
    ).text()
    expect(page).toContain('ما رُدّ إليك')
    expect(page).toContain('200340')
  })
})

describe('FIN-06, a statement', () => {
  test('is made by the system as soon as it is asked for, and hangs on the request', async () => {
    const person = await someone()
    await owes(person, 1_234)
    const { requestId } = await aFiledRequest(bench, person.id, {
      serviceCode: 'FIN-06',
      papers: [],
      answers: { statementFrom: '2026-01-01' },
    })
    const made = await db.database.write(bench.town.id, async tx => {
      const task = (await getRequest(tx, requestId)).projection.tasks.find(each => each.state === 'waiting')
      return performAct(tx, bench, {
        requestId,
        name: 'run-effect',
        taskId: task?.id,
        actor: { kind: 'system' },
      })
    })
    expect(made.request.projection.state).toBe('done')
    const papers = await db.database.read(bench.town.id, tx => papersOf(tx, requestId))
    expect(papers.find(paper => paper.paperId === 'statement')).toMatchObject({
      type: 'application/pdf',
      pages: 1,
      fileName: `كشف حساب أو ذمم ${requestNumber(made.request).replace('/', '-')}.pdf`,
    })
    expect(await db.database.read(bench.town.id, tx => chargesOfRequest(tx, requestId))).toEqual([])
  })
})
