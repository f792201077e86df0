import { beforeAll, describe, expect, test } from 'vitest'
import { aDocument } from '../../../test/builders/archive.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff, builder } from '../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { anOpenTill } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Role } from '../../kernel/access/index.ts'
import type { ActName, Answers } from '../../kernel/definition/index.ts'
import type { ActData } from '../../kernel/workflow/index.ts'
import { addDays, dateIn } from '../../lib/calendar.ts'
import { openTownDirectory } from '../../web/town.ts'
import { certificatesOfRequest } from '../certificates/index.ts'
import { addOffice } from '../people/index.ts'
import { chargesOfRequest, takeReceipt } from '../treasury/index.ts'
import { attachPaper, getRequest, performAct, type Request, registerRequests } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
const hour = 3_600_000
const workers = {
  clerk: ['clerk', 'service-centre'],
  planner: ['officer', 'planning'],
  chief: ['head', 'planning'],
  lawyer: ['legal-adviser', 'legal'],
  surveyor: ['officer', 'survey'],
  health: ['officer', 'health'],
  works: ['officer', 'works'],
  secretary: ['officer', 'secretariat'],
  committee: ['officer', 'planning-committee'],
  council: ['officer', 'council'],
  accountant: ['officer', 'finance'],
  collector: ['collector', 'treasury'],
  mayor: ['mayor', 'mayor-office'],
} as const satisfies Record<string, readonly [Role, string]>
type Worker = keyof typeof workers

let bench: Bench
let person: BuiltPerson
const staff = {} as Record<Worker, BuiltStaff>

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ENG-01'])
  await db.database.write(bench.town.id, async tx => {
    for (const code of ['survey', 'secretariat', 'planning-committee', 'council'])
      await addOffice(tx, { code, name: { ar: code, en: code }, position: 50 }, builder)
  })
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  person = await aPerson({ house, town: bench.town.id })
  for (const [name, [role, office]] of Object.entries(workers))
    staff[name as Worker] = await aWorker(bench, role, office)
})

const state = (id: string): Promise<Request> => db.database.read(bench.town.id, tx => getRequest(tx, id))
const charges = (id: string) => db.database.read(bench.town.id, tx => chargesOfRequest(tx, id))

async function act(id: string, who: Worker, name: ActName, data: ActData = {}, branch?: string) {
  const { id: staffId, role, office } = staff[who]
  const task = (await state(id)).projection.tasks.findLast(
    each =>
      each.office === office && (branch === undefined || each.branch === branch) && each.state !== 'closed',
  )
  const actor = { kind: 'staff', staffId, appointments: [{ role, office }] } as const
  return db.database.write(bench.town.id, tx =>
    performAct(tx, bench, { requestId: id, name, actor, taskId: task?.id, data, note: 'حسب الأصول' }),
  )
}

const aProof = (id: string, paperId: string) =>
  db.database.write(bench.town.id, async tx => {
    const documentId = await aDocument(tx, { kind: 'proof' })
    await attachPaper(
      tx,
      id,
      { paperId, documentId, state: 'supplied' },
      { kind: 'staff', id: staff.clerk.id },
    )
    return { id: paperId, documentId }
  })

const payAll = (id: string) =>
  db.database.write(bench.town.id, async tx => {
    const open = (await chargesOfRequest(tx, id)).filter(charge => charge.open.minor > 0)
    await anOpenTill(tx, staff.collector.id)
    for (const currency of new Set(open.map(charge => charge.open.currency))) {
      const lines = open.filter(charge => charge.open.currency === currency)
      await takeReceipt(tx, house.events, {
        payer: { personId: person.id, name: person.displayName },
        requestId: id,
        collectorId: staff.collector.id,
        lines: lines.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
        tenders: [{ kind: 'cash', received: lines.map(charge => charge.open), change: [] }],
      })
    }
  })

const opine = async (id: string, who: Worker, branch: string, fields: Answers, proof?: string) =>
  act(id, who, 'opine', { fields, ...(proof && { proofs: [await aProof(id, proof)] }) }, branch)

const floor = (name: string, area: number) => ({ floor: name, floorUse: 'home', area, units: 2 })
const session = () => ({
  number: '7/2026',
  date: house.clock.now().toISOString().slice(0, 10),
  decision: '112',
})

describe('a building licence for heirs beside a ruin', () => {
  test('goes by engineer, surveyor and lawyer, opinions side by side, committee and council to a licence that is paid for', async () => {
    const { requestId: id } = await aFiledRequest(bench, person.id, {
      serviceCode: 'ENG-01',
      capacity: 'heir',
      papers: [
        'id-copy',
        'title',
        'inheritance',
        'survey-plan',
        'engineering-drawings',
        'soil-report',
        'property-tax-clearance',
      ],
      answers: {
        place: { block: '3', quarter: 'حي السوق', parcel: '118', landmark: '' },
        landArea: 800,
        titleKind: 'extract',
        buildingUse: 'mixed',
        nearHeritage: true,
        floors: ['ground', 'first', 'second', 'third'].map(name => floor(name, 180)),
        frontSetback: 5,
        sideSetback: 4,
        rearSetback: 4,
        engineeringOffice: 'مكتب البناء',
        engineerNumber: '4123',
      },
    })
    await act(id, 'clerk', 'approve')
    expect((await state(id)).projection).toMatchObject({ state: 'awaiting-fee', step: 'study-payment' })
    await payAll(id)

    const engineer = { zone: 'trade', approvedArea: 720, coverage: 36, streetLevels: '+0.45' }
    await act(id, 'planner', 'approve', {
      fields: { ...engineer, boundaryDoubt: true, engineerWords: 'موافق للمخطط' },
    })
    await act(id, 'surveyor', 'approve', { fields: { surveyState: 'matches' } })
    await act(id, 'lawyer', 'approve', { fields: { legalOpinion: 'لا مانع' } })
    await act(id, 'chief', 'approve')

    await opine(id, 'health', 'health', {})
    await opine(id, 'works', 'works', {})
    await opine(id, 'secretary', 'engineers-association', { engineersLetter: 'ن/77' }, 'engineers-letter')
    await opine(id, 'secretary', 'civil-defence', { defenceLetter: 'د/12' }, 'defence-letter')
    await opine(id, 'secretary', 'antiquities', { antiquitiesLetter: 'أ/5' }, 'antiquities-letter')
    await act(id, 'committee', 'approve', { session: session() })
    await act(id, 'council', 'approve', { session: session() })

    // Over 400 m²: only now is the contract of supervision asked for.
    expect((await state(id)).projection).toMatchObject({ state: 'awaiting-answer', step: 'supervision' })
    await act(id, 'clerk', 'answer', {
      fields: { supervisorName: 'م. سامر خليل', supervisorNumber: '5120' },
      proofs: [await aProof(id, 'supervision-contract')],
    })
    await act(id, 'planner', 'approve')
    await act(id, 'accountant', 'approve')
    expect((await charges(id)).map(each => [each.feeId, each.amount, each.refundable])).toEqual([
      ['study', { minor: 10_000, currency: 'ILS' }, false],
      ['licence', { minor: 2_160_000, currency: 'JOD' }, false],
      ['deposit', { minor: 360_000, currency: 'JOD' }, true],
    ])
    await payAll(id)

    const now = house.clock.now()
    await act(id, 'surveyor', 'appoint', { appointment: { from: now, to: new Date(now.getTime() + hour) } })
    await act(id, 'surveyor', 'approve', {
      fields: { settingOutNumber: '31/2026' },
      proofs: [await aProof(id, 'setting-out-record')],
    })
    await act(id, 'mayor', 'sign')
    await act(id, 'clerk', 'hand-over')
    const { projection } = await state(id)
    expect(projection).toMatchObject({ state: 'done', missingPapers: [] })
    expect(projection.sessions).toMatchObject({
      'local-committee': { number: '7/2026' },
      council: { decision: '112' },
    })
    const [licence, ...more] = await db.database.read(bench.town.id, tx => certificatesOfRequest(tx, id))
    expect(more).toEqual([])
    expect(licence).toMatchObject({ kind: 'licence', personId: person.id, number: 1, template: 'paper' })
    const today = dateIn(house.clock.now(), bench.town.timeZone)
    expect(licence?.validUntil).toBe(addDays(today, 365))
    expect(JSON.stringify(licence?.kept)).toContain('عدد الشقق أو المحلات')
  })
})
