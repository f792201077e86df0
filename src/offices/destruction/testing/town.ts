import { aPerson, type BuiltPerson, builder } from '../../../../test/builders/people.ts'
import { aWorker, type Bench, completeAnswers } from '../../../../test/builders/requests.ts'
import { sealAll } from '../../../../test/builders/seal.ts'
import { anOpenTill } from '../../../../test/builders/treasury.ts'
import type { TestDatabase } from '../../../../test/database.ts'
import type { Actor } from '../../../kernel/access/index.ts'
import type { ActName } from '../../../kernel/definition/index.ts'
import { addDocument } from '../../archive/index.ts'
import { fileRequest, getRequest, performAct } from '../../requests/index.ts'
import { chargesOfRequest, takeReceipt } from '../../treasury/index.ts'
import { decideOnAct, giveMinutes, proposeAct } from '../acts.ts'
import { carryOut } from '../carry-out.ts'
import { countAct } from '../count.ts'
import type { Kind, Term } from '../model.ts'
import { reviewRule, writeRule } from '../rules.ts'

const paper = (words: string) => Buffer.from(`%PDF-1.7 ${words}`)
const collectorId = '0198a000-0000-7000-8000-00000000c011'

/** Files a residence certificate with an identity paper of these words; nothing is paid or decided. */
export async function file(
  { house, town }: Bench,
  person: BuiltPerson,
  words = 'an identity card',
): Promise<string> {
  const stored = await house.files.put(town.id, paper(words))
  return house.database.write(town.id, async tx => {
    const documentId = await addDocument(tx, {
      admitted: { ...stored, type: 'application/pdf', fileName: 'id.pdf', pages: 1 },
      kind: 'identity-card',
      title: 'هوية',
      source: 'upload',
      by: builder,
      ownerId: person.id,
    })
    const filed = await fileRequest(
      tx,
      { house, town },
      {
        serviceCode: 'ADM-01',
        serviceVersion: 2,
        channel: 'web',
        capacity: 'principal',
        applicantId: person.id,
        answers: completeAnswers['ADM-01'] ?? {},
        papers: [{ paperId: 'id-copy', documentId, state: 'supplied' }],
        by: { kind: 'citizen', personId: person.id, relation: 'party' },
      },
    )
    return filed.requestId
  })
}

/** Pays what it costs, at a till. */
export async function pay({ house, town }: Bench, requestId: string, person: BuiltPerson): Promise<void> {
  await house.database.write(town.id, async tx => {
    const open = await chargesOfRequest(tx, requestId)
    await anOpenTill(tx, collectorId).catch(() => {})
    await takeReceipt(tx, house.events, {
      book: 'A',
      payer: { personId: person.id, name: person.displayName },
      requestId,
      collectorId,
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
}

async function act(
  bench: Bench,
  requestId: string,
  name: ActName,
  actor: Actor,
  office: string,
): Promise<void> {
  await bench.house.database.write(bench.town.id, async tx => {
    const { projection } = await getRequest(tx, requestId)
    const task = projection.tasks.find(each => each.state !== 'closed' && each.office === office)
    await performAct(tx, bench, { requestId, name, actor, taskId: task?.id })
  })
}

/** A request from filing to handing over, with its receipt and certificate. */
export async function aWholeRequest(bench: Bench, person: BuiltPerson, words?: string): Promise<string> {
  const requestId = await file(bench, person, words)
  await pay(bench, requestId, person)
  for (const [role, office, name] of [
    ['clerk', 'service-centre', 'approve'],
    ['officer', 'finance', 'approve'],
    ['mayor', 'mayor-office', 'sign'],
    ['clerk', 'service-centre', 'hand-over'],
  ] as const) {
    const { id: staffId } = await aWorker(bench, role, office)
    await act(bench, requestId, name, { kind: 'staff', staffId, appointments: [{ role, office }] }, office)
  }
  return requestId
}

/** A committee of three, who proposes and who reviews. */
export async function aCommittee(bench: Bench) {
  const admin = await aWorker(bench, 'admin', 'internal-audit')
  const members = [
    await aWorker(bench, 'manager', 'mayor-office'),
    await aWorker(bench, 'auditor', 'internal-audit'),
    await aWorker(bench, 'legal-adviser', 'legal'),
  ]
  return { admin, members }
}
export type Committee = Awaited<ReturnType<typeof aCommittee>>

export const by = (staff: { id: string }) => ({ kind: 'staff', id: staff.id }) as const

/** A rule written and adopted; gives its id. */
export async function aRule(
  { house, town }: Bench,
  { admin, members }: Committee,
  rule: { kind: Kind; scope?: string; term?: Term; confirmed?: boolean; from?: string },
): Promise<string> {
  return house.database.write(town.id, async tx => {
    const id = await writeRule(
      tx,
      {
        kind: rule.kind,
        scope: rule.scope ?? '',
        term: rule.term,
        source: 'قانون الهيئات المحلية',
        confirmed: rule.confirmed ?? true,
        from: rule.from ?? '2020-01-01',
      },
      by(admin),
    )
    await reviewRule(tx, { id, accept: true, note: '' }, by(members[0] as { id: string }))
    return id
  })
}

/** An act proposed and counted. */
export async function aProposal(
  { house, town }: Bench,
  { admin, members }: Committee,
  { ruleId, until }: { ruleId: string; until: string },
): Promise<string> {
  const id = await house.database.write(town.id, tx =>
    proposeAct(tx, { ruleId, until, members: members.map(each => each.id), reason: 'مضت المدة' }, by(admin)),
  )
  await countAct(house, town.id, id, 2)
  return id
}

export async function giveTheMinutes(
  { house, town }: Bench,
  { admin }: Committee,
  id: string,
): Promise<void> {
  const stored = await house.files.put(town.id, paper('minutes of the sitting'))
  await house.database.write(town.id, tx =>
    giveMinutes(
      tx,
      id,
      {
        number: '12/2029',
        date: '2020-01-01',
        paper: { ...stored, type: 'application/pdf', fileName: 'minutes.pdf', pages: 1 },
      },
      by(admin),
    ),
  )
}

/** Minutes given and every member's approval: it rests now. */
export async function approveAll(bench: Bench, committee: Committee, id: string): Promise<void> {
  await giveTheMinutes(bench, committee, id)
  const { house, town } = bench
  for (const member of committee.members)
    await house.database.write(town.id, tx => decideOnAct(tx, id, { approve: true, why: '' }, by(member)))
}

/** Lets the rest pass and carries it out. */
export async function goThrough(bench: Bench, db: TestDatabase, id: string, batch = 100): Promise<void> {
  // What is not sealed before so long a jump would seem to have come in afterwards.
  await sealAll(bench.house, bench.town.id)
  db.clock.advance(9 * 86_400_000)
  await carryOut(bench.house, bench.town.id, id, { batch })
}

export const aGoner = (bench: Bench) => aPerson({ house: bench.house, town: bench.town.id })

/** The applicant takes a request back, which closes it. */
export async function giveUp(bench: Bench, requestId: string, person: BuiltPerson): Promise<void> {
  await bench.house.database.write(bench.town.id, tx =>
    performAct(tx, bench, {
      requestId,
      name: 'withdraw',
      actor: { kind: 'citizen', personId: person.id, level: 'verified' },
    }),
  )
}
