import { sql } from 'kysely'
import { afterEach, expect } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, builder } from '../../../../test/builders/people.ts'
import { aWorker, aWorkingTown, type Bench, completeAnswers } from '../../../../test/builders/requests.ts'
import { anOpenTill } from '../../../../test/builders/treasury.ts'
import type { TestDatabase } from '../../../../test/database.ts'
import type { Actor } from '../../../kernel/access/index.ts'
import type { ActName } from '../../../kernel/definition/index.ts'
import type { House } from '../../../platform/house.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { addDocument } from '../../archive/index.ts'
import { record } from '../../audit/index.ts'
import { fileRequest, getRequest, performAct, registerRequests } from '../../requests/index.ts'
import { chargesOfRequest, takeReceipt } from '../../treasury/index.ts'
import { verifyTown } from '../index.ts'
import type { Finding } from '../model.ts'

export const paper = Buffer.from('%PDF-1.7 an identity card')

/** A town in which a residence certificate went from filing to handing over, and a second one was filed. */
export type WalkedTown = { house: House; bench: Bench; person: BuiltPerson; requestId: string }

export async function aWalkedTown(db: TestDatabase): Promise<WalkedTown> {
  const house = aHouse(db)
  const bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  const person = await aPerson({ house, town: bench.town.id })
  const requestId = await file(bench, person)
  const walked = { house, bench, person, requestId }
  await file(bench, person)
  await pay(walked)
  for (const [role, office, name] of [
    ['clerk', 'service-centre', 'approve'],
    ['officer', 'finance', 'approve'],
    ['mayor', 'mayor-office', 'sign'],
    ['clerk', 'service-centre', 'hand-over'],
  ] as const) {
    const { id: staffId } = await aWorker(bench, role, office)
    await act(walked, name, { kind: 'staff', staffId, appointments: [{ role, office }] }, office)
  }
  await house.database.write(bench.town.id, tx =>
    record(tx, {
      actor: builder,
      act: 'people.looked',
      subjectKind: 'person',
      subjectId: person.id,
      personId: person.id,
      cause: 'counter',
      personal: { name: person.displayName, mother: 'سعاد' },
    }),
  )
  return walked
}

async function file(bench: Bench, person: BuiltPerson): Promise<string> {
  const { house } = bench
  const stored = await house.files.put(bench.town.id, paper)
  return house.database.write(bench.town.id, async tx => {
    const documentId = await addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'id.pdf', pages: 1 },
      kind: 'identity-card',
      title: 'هوية',
      source: 'upload',
      by: builder,
      ownerId: person.id,
    })
    const filed = await fileRequest(tx, bench, {
      serviceCode: 'ADM-01',
      serviceVersion: 2,
      channel: 'web',
      capacity: 'principal',
      applicantId: person.id,
      answers: completeAnswers['ADM-01'] ?? {},
      papers: [{ paperId: 'id-copy', documentId, state: 'supplied' }],
      by: { kind: 'citizen', personId: person.id, relation: 'party' },
    })
    return filed.requestId
  })
}

async function pay({ house, bench, person, requestId }: WalkedTown): Promise<void> {
  await house.database.write(bench.town.id, async tx => {
    const open = await chargesOfRequest(tx, requestId)
    await anOpenTill(tx, '0198a000-0000-7000-8000-00000000c011')
    await takeReceipt(tx, house.events, {
      book: 'A',
      payer: { personId: person.id, name: person.displayName },
      requestId,
      collectorId: '0198a000-0000-7000-8000-00000000c011',
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
}

async function act(
  { house, bench, requestId }: WalkedTown,
  name: ActName,
  actor: Actor,
  office: string,
): Promise<void> {
  await house.database.write(bench.town.id, async tx => {
    const { projection } = await getRequest(tx, requestId)
    const task = projection.tasks.find(each => each.state !== 'closed' && each.office === office)
    await performAct(tx, bench, { requestId, name, actor, taskId: task?.id })
  })
}

/** Bends what is stored, past every guard; it is put right again after each test, when nothing may be found any more. */
export type Bending = {
  findings(options?: { deep?: boolean; batch?: number }): Promise<Finding[]>
  codes(options?: { deep?: boolean; batch?: number }): Promise<string[]>
  bend(bent: string, straight: string): Promise<string[]>
  undo: (() => unknown)[]
}

export function bending(db: TestDatabase, walked: () => WalkedTown): Bending {
  const undo: Bending['undo'] = []
  const findings: Bending['findings'] = async (options = {}) => {
    const { house, bench } = walked()
    const all: Finding[] = []
    await verifyTown(house, bench.town, { batch: 3, ...options, found: finding => all.push(finding) })
    return all
  }
  const codes: Bending['codes'] = async options =>
    [...new Set((await findings(options)).map(({ code }) => code))].sort()
  afterEach(async () => {
    for (const straighten of undo.splice(0).reverse()) await straighten()
    expect(await findings({ deep: true })).toEqual([])
  })
  return {
    findings,
    codes,
    undo,
    async bend(bent, straight) {
      undo.push(() => sql.raw(straight).execute(db.owner))
      await sql.raw(bent).execute(db.owner)
      return codes()
    },
  }
}
