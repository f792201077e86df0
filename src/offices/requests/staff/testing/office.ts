import { Readable } from 'node:stream'
import sharp from 'sharp'
import { aHouse } from '../../../../../test/builders/house.ts'
import { everyCause } from '../../../../../test/builders/looks.ts'
import {
  aPerson,
  aTown,
  type BuiltPerson,
  type BuiltStaff,
  logInAs,
} from '../../../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../../../test/builders/requests.ts'
import { anOpenTill } from '../../../../../test/builders/treasury.ts'
import type { TestDatabase } from '../../../../../test/database.ts'
import type { Actor } from '../../../../kernel/access/index.ts'
import type { ActName } from '../../../../kernel/definition/index.ts'
import type { ActData } from '../../../../kernel/workflow/index.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import { openWindow } from '../../../../server.ts'
import type { Door } from '../../../../web/door.ts'
import { addDocument, admitFile } from '../../../archive/index.ts'
import { chargesOfRequest, takeReceipt } from '../../../treasury/index.ts'
import { attachPaper, type Request as Filed, getRequest, performAct } from '../../index.ts'

export type StaffName =
  | 'clerk'
  | 'planner'
  | 'engineer'
  | 'head'
  | 'mayor'
  | 'collector'
  | 'manager'
  | 'lawyer'

/** A town whose offices are at work, with its door. */
export type OfficeTown = {
  bench: Bench
  door: Door
  db: TestDatabase
  staff: Record<StaffName, BuiltStaff>
  cookies: Record<StaffName, string>
  person: BuiltPerson
}

/** Opens a town with one of each post, logged in. */
export async function anOfficeTown(
  db: TestDatabase,
  environment: Record<string, string> = {},
): Promise<OfficeTown> {
  const house = aHouse(db, environment)
  const bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  const door = await openWindow(house)
  everyCause()
  const staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    planner: await aWorker(bench, 'officer', 'planning'),
    engineer: await aWorker(bench, 'officer', 'electricity'),
    head: await aWorker(bench, 'head', 'electricity'),
    mayor: await aWorker(bench, 'mayor', 'mayor-office'),
    collector: await aWorker(bench, 'collector', 'treasury'),
    manager: await aWorker(bench, 'manager', 'mayor-office'),
    lawyer: await aWorker(bench, 'legal-adviser', 'legal'),
  }
  const place = { house, town: bench.town.id }
  const person = await aPerson(place)
  const town = { bench, door, db, staff, person, cookies: {} as OfficeTown['cookies'] }
  await logInAll(town)
  return town
}

/** Logs everybody in anew: after the clock was moved, the log-ins before have ended. */
export async function logInAll(town: OfficeTown): Promise<void> {
  const place = { house: town.bench.house, town: town.bench.town.id }
  for (const [name, { id }] of Object.entries(town.staff)) {
    town.cookies[name as StaffName] = await logInAs(place, { staffId: id })
  }
}

export const actorOf = (who: BuiltStaff): Actor => ({
  kind: 'staff',
  staffId: who.id,
  appointments: [{ role: who.role, office: who.office }],
})

export const stateOf = ({ db, bench }: OfficeTown, requestId: string): Promise<Filed> =>
  db.database.read(bench.town.id, tx => getRequest(tx, requestId))

/** Does an act outside the pages, to bring a request where a test begins. */
export async function act(
  town: OfficeTown,
  requestId: string,
  by: StaffName,
  name: ActName,
  word: { note?: string; data?: ActData } = {},
): Promise<Filed> {
  const who = town.staff[by]
  const { projection } = await stateOf(town, requestId)
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === who.office)
  const done = await town.db.database.write(town.bench.town.id, tx =>
    performAct(tx, town.bench, { requestId, name, actor: actorOf(who), taskId: task?.id, ...word }),
  )
  return done.request
}

/** Settles everything that is asked for a request. */
export async function payAll({ db, bench, person, staff }: OfficeTown, requestId: string): Promise<void> {
  await db.database.write(bench.town.id, async tx => {
    const open = (await chargesOfRequest(tx, requestId)).filter(charge => charge.open.minor > 0)
    await anOpenTill(tx, staff.collector.id)
    await takeReceipt(tx, bench.house.events, {
      payer: { personId: person.id, name: person.displayName },
      collectorId: staff.collector.id,
      requestId,
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
}

/** An electricity connection whose application fee is paid: it lies with the service centre. */
export async function aSubmitted(town: OfficeTown, personId = town.person.id): Promise<string> {
  const { requestId } = await aFiledRequest(town.bench, personId, { serviceCode: 'ELE-01' })
  await payAll(town, requestId)
  return requestId
}

/** Brings a submitted connection on: to planning, to the inspection, to the decision, to the signature. */
export async function bringTo(
  town: OfficeTown,
  requestId: string,
  step: 'planning' | 'inspection' | 'decision' | 'signature',
): Promise<void> {
  await act(town, requestId, 'clerk', 'approve')
  if (step === 'planning') return
  await act(town, requestId, 'planner', 'approve', { data: { fields: { planningState: 'licensed' } } })
  if (step === 'inspection') return
  await act(town, requestId, 'engineer', 'approve', { data: { fields: { amperes: 40, poleDistance: 12 } } })
  if (step === 'decision') return
  await act(town, requestId, 'head', 'approve')
}

/** A photographed page, as a citizen sends it. */
export async function aPicture(words: string): Promise<Buffer> {
  const lines = Array.from(
    { length: 12 },
    (_, row) =>
      `<rect x="60" y="${220 + row * 44}" width="${480 - (row % 4) * 60}" height="10" fill="#999"/>`,
  )
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="820"><rect width="600" height="820" fill="#fdfcf7"/>
    <rect x="30" y="30" width="540" height="760" fill="none" stroke="#444" stroke-width="2"/>
    <text x="300" y="130" font-size="30" text-anchor="middle" fill="#222">${words}</text>${lines.join('')}</svg>`
  return sharp(Buffer.from(drawing)).jpeg({ quality: 70 }).toBuffer()
}

/** Hands a paper in for the applicant, as the portal does. */
export async function supply(town: OfficeTown, requestId: string, paperId: string): Promise<string> {
  const { bench, person } = town
  const picture = await aPicture(paperId)
  const taken = await admitFile(bench.house, bench.town.id, Readable.from([picture]), `${paperId}.jpg`)
  if (!taken.admitted) throw new Error(taken.fault.code)
  const { admitted } = taken
  return town.db.database.write(bench.town.id, async tx => {
    const by = { kind: 'citizen', id: person.id }
    const documentId = await addDocument(tx, {
      admitted,
      kind: paperId,
      title: paperId,
      ownerId: person.id,
      source: 'upload',
      by,
    })
    await attachPaper(tx, requestId, { paperId, documentId, state: 'supplied' }, by)
    await performAct(tx, bench, {
      requestId,
      name: 'supply-papers',
      actor: { kind: 'citizen', personId: person.id, level: 'verified' },
      data: { supplied: [paperId] },
    })
    return documentId
  })
}

/** Knocks at the door as one of the staff. */
export function visit(town: OfficeTown, by: StaffName, path: string): Promise<Response> {
  const headers = { cookie: town.cookies[by], host: 'localhost' }
  return town.door.fetch(new Request(`http://localhost${path}`, { headers }))
}

/** Sends a form as one of the staff. */
export function post(
  town: OfficeTown,
  by: StaffName,
  path: string,
  fields: Record<string, string | string[]>,
): Promise<Response> {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    for (const each of [value].flat()) body.append(name, each)
  return town.door.fetch(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: {
        cookie: town.cookies[by],
        host: 'localhost',
        origin: 'http://localhost',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body,
    }),
  )
}

/** Where a request stands for the offices. */
export const pageOf = (id: string, query = '') => fillAddress(addresses.officeRequest, { id }) + query

/** Sends an act as the page's form does: with the task the page shows. */
export async function sendAct(
  town: OfficeTown,
  by: StaffName,
  id: string,
  name: string,
  fields: Record<string, string | string[]> = {},
): Promise<Response> {
  const { office } = town.staff[by]
  const { projection } = await stateOf(town, id)
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === office)
  return post(town, by, fillAddress(addresses.officeAct, { id, act: name }), {
    ...(task && { 'act.task': task.id }),
    ...fields,
  })
}
