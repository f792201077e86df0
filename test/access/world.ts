import { dateIn } from '../../src/lib/calendar.ts'
import { certificatesOfRequest } from '../../src/offices/certificates/index.ts'
import { closeTo } from '../../src/offices/feedback/closing.ts'
import { addLinks, planLink } from '../../src/offices/messaging/index.ts'
import { takeEmail } from '../../src/offices/people/index.ts'
import { addNote, getRequest, writeLetter } from '../../src/offices/requests/index.ts'
import { setSetting } from '../../src/offices/treasury/index.ts'
import { builder } from '../builders/people.ts'
import type { Citizen, PeopledTown } from '../journeys/peopled.ts'
import { aWord } from './marks.ts'
import { aPurse, aVoice } from './world-life.ts'
import {
  act,
  aMarkedRequest,
  type FiledUnit,
  type Ledger,
  notePlaces,
  settle,
  type Unit,
  type World,
  type WorldInput,
} from './worlds.ts'

/** A person with all a town can know of somebody: built by the acts that make such rows, each value with a mark that stands nowhere else. */
export async function aWorld(town: PeopledTown, ledger: Ledger, input: WorldInput): Promise<World> {
  const { name } = input
  await ledger.claim(town, undefined)
  const person: Unit = {
    name,
    kind: 'person',
    world: name,
    town: town.town.id,
    row: { owner: '', parties: [], officesWithTask: [], officesConcerned: [], partner: input.partner },
  }
  ledger.units.push(person)
  const amount = amountOf(name)
  ledger.mark(name, 'amount', `${Math.floor(amount / 100)}.${amount % 100}`)
  const owner = await town.citizen({
    first: ledger.mark(name, 'name'),
    motherName: ledger.mark(name, 'mother'),
    landmark: ledger.mark(name, 'home'),
  })
  person.row = { ...person.row, owner: owner.id }
  ledger.mark(name, 'id-number', owner.idNumber)
  ledger.mark(name, 'phone', owner.phone.replace(/^0/, ''))
  const email = `${Buffer.from(aWord(`${name} email`))
    .toString('hex')
    .slice(0, 14)}@post.test`
  await town.write(tx =>
    takeEmail(tx, town.house.crypto, owner.id, ledger.mark(name, 'email', email), builder),
  )
  await ledger.claim(town, name)
  // The others around them are nobody's world: what is theirs alone is not asked for.
  const [party, agent] = [await town.citizen(), await town.citizen()]
  await ledger.claim(town, undefined)

  const first = await aRequestUnderWay(town, ledger, input, owner, party)
  const second = await aRequestDone(town, ledger, input, owner)
  const third = await aMarkedRequest(town, ledger, {
    unit: `${name}-3`,
    world: name,
    owner,
    service: 'ADM-01',
    partner: input.partner,
  })
  await ledger.claim(town, `${name}-3`)
  await aPurse(town, ledger, name, owner, amount)
  await aVoice(town, ledger, input, owner, agent)
  await notePlaces(town, [first, second, third], person)
  return {
    name,
    owner,
    party,
    agent,
    units: ledger.units.filter(each => each.world === name),
    requests: { first: first.id, second: second.id },
  }
}

const amountOf = (name: string): number =>
  61_000_17 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * 311, 0) * 100

/** On its way: somebody else is a party to it, an office has it, letters and notes lie in it. */
async function aRequestUnderWay(
  town: PeopledTown,
  ledger: Ledger,
  input: WorldInput,
  owner: Citizen,
  party: Citizen,
): Promise<FiledUnit> {
  const unit = `${input.name}-1`
  const filed = await aMarkedRequest(town, ledger, {
    unit,
    world: input.name,
    owner,
    service: input.service,
    parties: [party],
  })
  await settle(town, owner, filed.id)
  await act(town, filed.id, 'clerk', 'approve')
  if (input.service === 'ELE-01') {
    await act(town, filed.id, 'planner', 'approve', { data: { fields: { planningState: 'licensed' } } })
  }
  const { engineer, clerk } = town.staff
  const who = input.service === 'ELE-01' ? engineer : clerk
  const staff = {
    kind: 'staff',
    staffId: who.id,
    appointments: [{ role: who.role, office: who.office }],
  } as const
  const by = { kind: 'staff', id: who.id, office: who.office } as const
  await town.write(async tx => {
    const request = await getRequest(tx, filed.id, true)
    await writeLetter(tx, town.bench, request, staff, {
      text: `متى تكون هناك؟ ${ledger.mark(unit, 'letter')}`,
    })
    const rule = { key: 'messages.review-free-text', from: dateIn(tx.now, town.town.timeZone), by }
    await setSetting(tx, { ...rule, value: true })
    await writeLetter(tx, town.bench, request, staff, {
      text: `نأتي يوم الأحد ${ledger.mark(unit, 'held-letter')}`,
    })
    const note = {
      documentId: filed.document,
      page: 1,
      x: 6,
      y: 3,
      text: `الختم قديم ${ledger.mark(unit, 'office-note')}`,
    }
    await addNote(tx, filed.id, { ...note, by: { id: who.id, office: who.office } }, 1)
    const links = [planLink(town.bench, { kind: 'track', requestId: filed.id })].flatMap(link => link ?? [])
    await addLinks(tx, town.house, links)
    for (const { code } of links) ledger.link('/s/:code', code, unit)
  })
  ledger.link('/track/:token', filed.trackingToken, unit)
  await ledger.claim(town, unit)
  return filed
}

/** Signed and issued, and closed to one of the staff by name. */
async function aRequestDone(
  town: PeopledTown,
  ledger: Ledger,
  input: WorldInput,
  owner: Citizen,
): Promise<FiledUnit> {
  const unit = `${input.name}-2`
  const filed = await aMarkedRequest(town, ledger, { unit, world: input.name, owner, service: 'ADM-01' })
  await settle(town, owner, filed.id)
  await act(town, filed.id, 'clerk', 'approve')
  await act(town, filed.id, 'accountant', 'approve')
  await act(town, filed.id, 'mayor', 'sign')
  const [certificate] = await town.read(tx => certificatesOfRequest(tx, filed.id))
  if (!certificate) throw new Error('nothing was issued')
  ledger.link('/verify/:code', ledger.mark(unit, 'certificate', certificate.code), unit)
  const { manager } = town.staff
  const actor = {
    kind: 'staff',
    staffId: manager.id,
    appointments: [{ role: manager.role, office: manager.office }],
  } as const
  await town.write(tx =>
    closeTo(tx, town.bench, {
      requestId: filed.id,
      staffIds: [input.closedTo],
      superiors: false,
      reason: 'قريبه',
      actor,
    }),
  )
  filed.unit.row = { ...filed.unit.row, closedTo: [input.closedTo] }
  await ledger.claim(town, unit)
  return filed
}
