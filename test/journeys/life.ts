import { sql } from 'kysely'
import type { ActName } from '../../src/kernel/definition/index.ts'
import type { ActData } from '../../src/kernel/workflow/index.ts'
import { dateIn } from '../../src/lib/calendar.ts'
import { countFairness } from '../../src/offices/centre/fairness/count.ts'
import { addLinks, planLink } from '../../src/offices/messaging/index.ts'
import { enterMandate } from '../../src/offices/people/index.ts'
import { attachPaper, getRequest, performAct } from '../../src/offices/requests/index.ts'
import { aDocument } from '../builders/archive.ts'
import { builder } from '../builders/people.ts'
import { sealAll } from '../builders/seal.ts'
import { aFiledStory } from './filing.ts'
import { owe, pay } from './money.ts'
import type { Citizen, PeopledTown, Post } from './peopled.ts'
import { aQueue } from './queue.ts'

/** What stands in a town in the middle of its life, by what it is there for. */
export type Life = {
  person: Citizen
  /** A request of each state on the way, and the token of the first one's tracking link. */
  requests: Record<
    'unpaid' | 'new' | 'lacking' | 'referred' | 'unsigned' | 'signed' | 'done' | 'rejected',
    string
  >
  trackingToken: string
  /** Codes of short links: to where a request stands, to what one owes, to what one lacks. */
  links: string[]
  receipt: string
  document: string
  certificate: { id: string; code: string }
  phone: string
  /** A turn that waits in the hall. */
  turn: string
  /** By which somebody acts for the person. */
  mandate: string
  /** The day its record was sealed on, and an entry of it. */
  seal: { date: string; entry: string }
}

/** A town whose citizen has a request at every bend of the road, and owes a bill. */
export async function aLife(town: PeopledTown): Promise<Life> {
  const person = await town.citizen({ first: 'سميرة', quarter: 'حي السوق' })
  const filed = await Promise.all(Array.from({ length: 8 }, () => aFiledStory(town, person)))
  const ids = filed.map(each => each.requestId)
  const [
    unpaid = '',
    fresh = '',
    lacking = '',
    referred = '',
    unsigned = '',
    signed = '',
    done = '',
    rejected = '',
  ] = ids
  for (const id of ids.slice(1)) await pay(town, person, id)
  await act(town, rejected, 'clerk', 'reject', { data: { ground: 'outside-plan' } })
  for (const id of [lacking, referred, unsigned, signed, done]) await act(town, id, 'clerk', 'approve')
  const papers = [{ id: 'property-tax-clearance', words: 'براءة هذه السنة، لا التي قبلها' }]
  await act(town, lacking, 'planner', 'ask-papers', { data: { papers } })
  const licensed = { fields: { planningState: 'licensed' } }
  for (const id of [referred, unsigned, signed, done])
    await act(town, id, 'planner', 'approve', { data: licensed })
  const to = { office: 'planning', purpose: 'opinion' } as const
  await act(town, referred, 'engineer', 'refer', { note: 'هل يمر خط الشارع أمام البيت؟', data: { to } })
  const inspected = { fields: { amperes: 40, poleDistance: 12 } }
  for (const id of [unsigned, signed, done]) {
    await act(town, id, 'engineer', 'approve', { data: inspected })
    await act(town, id, 'head', 'approve')
  }
  for (const id of [signed, done]) await act(town, id, 'mayor', 'sign')
  await pay(town, person, done)
  const documentId = await town.write(async tx => {
    const photo = await aDocument(tx, { kind: 'proof' })
    const by = { kind: 'staff', id: town.staff.engineer.id }
    await attachPaper(tx, done, { paperId: 'meter-photo', documentId: photo, state: 'supplied' }, by)
    return photo
  })
  const installed = {
    fields: { meterNumber: 'M-778120', initialReading: 0 },
    proofs: [{ id: 'meter-photo', documentId }],
  }
  await act(town, done, 'engineer', 'run-effect', { data: installed })
  await owe(town, person)
  await town.settle()
  const [row] = (
    await town.read(tx =>
      sql<{ receipt: string; document: string; id: string; code: string; phone: string }>`
        select (select receipt_id from receipt where municipality_id = ${tx.town} limit 1) as receipt,
               (select document_id from request_paper where municipality_id = ${tx.town} limit 1) as document,
               c.certificate_id as id, c.code,
               (select encode(phone_index, 'hex') from person_phone
                 where municipality_id = ${tx.town} and person_id = ${person.id}) as phone
          from certificate c where c.municipality_id = ${tx.town} and c.request_id = ${done}`.execute(tx.q),
    )
  ).rows
  if (!row) throw new Error('no certificate was issued')
  return {
    person,
    requests: { unpaid, new: fresh, lacking, referred, unsigned, signed, done, rejected },
    trackingToken: filed[0]?.trackingToken ?? '',
    links: await linksTo(town, { unpaid, lacking }),
    receipt: row.receipt,
    document: row.document,
    phone: row.phone,
    certificate: { id: row.id, code: row.code },
    turn: await aQueue(town),
    mandate: await aMandate(town, person.id),
    seal: await aSeal(town),
  }
}

/** Somebody follows the person's requests for them. */
async function aMandate({ house, write, citizen }: PeopledTown, principalId: string): Promise<string> {
  const agent = await citizen()
  const terms = {
    acts: ['requests'],
    services: undefined,
    validFrom: '2026-03-01',
    validUntil: '2027-03-01',
  } as const
  const proof = { kind: 'both-present', number: '', issuer: '' }
  return write(tx => enterMandate(tx, house, { principalId, agentId: agent.id, terms, proof }, builder))
}

/** Seals what was recorded, and counts how fair the queue was. */
async function aSeal({ house, town, write, read, db }: PeopledTown): Promise<Life['seal']> {
  await sealAll(house, town.id)
  await write(tx => countFairness(tx, town.timeZone))
  const { rows } = await read(tx =>
    sql<{
      entry: string
    }>`select subject_id as entry from seal_leaf where municipality_id = ${tx.town} and leaf_index = 0`.execute(
      tx.q,
    ),
  )
  return { date: dateIn(db.clock.now(), town.timeZone), entry: rows[0]?.entry ?? '' }
}

/** A link to where a request stands, to what one owes, to what one lacks. */
async function linksTo(
  { bench, house, write }: PeopledTown,
  { unpaid, lacking }: { unpaid: string; lacking: string },
): Promise<string[]> {
  const links = [
    planLink(bench, { kind: 'track', requestId: unpaid }),
    planLink(bench, { kind: 'pay', requestId: unpaid }),
    planLink(bench, { kind: 'paper', requestId: lacking, about: ['property-tax-clearance'] }),
  ].flatMap(link => link ?? [])
  await write(tx => addLinks(tx, house, links))
  return links.map(({ code }) => code)
}

/** An act done outside the pages, to bring a request where a visit begins. */
export async function act(
  { bench, staff, read, write }: PeopledTown,
  requestId: string,
  by: Post,
  name: ActName,
  word: { note?: string; data?: ActData } = {},
): Promise<void> {
  const { id, role, office } = staff[by]
  const { projection } = await read(tx => getRequest(tx, requestId))
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === office)
  const actor = { kind: 'staff', staffId: id, appointments: [{ role, office }] } as const
  await write(tx => performAct(tx, bench, { requestId, name, actor, taskId: task?.id, ...word }))
}
