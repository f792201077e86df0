import { sql } from 'kysely'
import { evenInstalments, monthsLater } from '../../src/kernel/dues/index.ts'
import { dateIn } from '../../src/lib/calendar.ts'
import { catalogueOf } from '../../src/offices/catalogue/index.ts'
import { takeOriginal } from '../../src/offices/counter/index.ts'
import { complain, openContact } from '../../src/offices/feedback/index.ts'
import { grantReason } from '../../src/offices/looks/grants.ts'
import { planMessage } from '../../src/offices/messaging/index.ts'
import { askWhyLooked } from '../../src/offices/oversight/questions.ts'
import { beginPayment } from '../../src/offices/payments/index.ts'
import { enterMandate } from '../../src/offices/people/index.ts'
import { openDraft } from '../../src/offices/requests/index.ts'
import { makeCopy } from '../../src/offices/rights/copy/make.ts'
import { askCopy } from '../../src/offices/rights/copy/store.ts'
import { fileCorrection } from '../../src/offices/rights/correction/acts.ts'
import { accountFor, grantExemption, proposePlan, raiseCharge } from '../../src/offices/treasury/index.ts'
import { takeTurn } from '../../src/offices/visits/index.ts'
import { builder } from '../builders/people.ts'
import type { Citizen, PeopledTown } from '../journeys/peopled.ts'
import { aWord } from './marks.ts'
import type { Ledger, Unit, WorldInput } from './worlds.ts'

/** A bill, a plan that waits, an exemption, an exception, a payment at the bank, an original in the safe. */
export async function aPurse(
  town: PeopledTown,
  ledger: Ledger,
  name: string,
  owner: Citizen,
  amount: number,
): Promise<void> {
  const by = { kind: 'staff', id: town.staff.manager.id } as const
  const today = dateIn(town.db.clock.now(), town.town.timeZone)
  const bill = (label: string, minor: number): Promise<string> =>
    town.write(async tx => {
      const { id } = await accountFor(tx, {
        objectKind: 'person',
        objectId: owner.id,
        kind: 'electricity',
        holderId: owner.id,
      })
      return raiseCharge(tx, {
        accountId: id,
        debtorId: owner.id,
        dueKind: 'electricity',
        refundable: false,
        reasons: {},
        amount: { minor, currency: 'ILS' },
        label: { ar: label, en: label },
        dueOn: '2026-01-15',
        by: builder,
      })
    })
  await bill(ledger.mark(name, 'charge'), amount)
  const planned = await bill(aWord(`${name} planned`), 40_000)
  const paid = await bill(aWord(`${name} paid`), 30_000)
  await town.write(async tx => {
    await proposePlan(tx, {
      personId: owner.id,
      chargeIds: [planned],
      today,
      note: ledger.mark(name, 'plan'),
      by,
      instalments: evenInstalments({ minor: 40_000, currency: 'ILS' }, 3, monthsLater(today, 1)),
    })
    await grantExemption(tx, {
      personId: owner.id,
      accountId: undefined,
      dueKind: 'water',
      relieved: { percent: 50 },
      from: '2026-02-01',
      until: '2027-01-31',
      decision: 'مجلس 17/2026',
      reason: ledger.mark(name, 'exemption'),
      by,
    })
    await beginPayment(tx, town, { personId: owner.id, chargeIds: [paid] })
    await takeOriginal(
      tx,
      town.town,
      {
        personId: owner.id,
        requestId: undefined,
        paper: ledger.mark(name, 'original'),
        broughtBy: 'بنفسه',
        place: 'خزانة 2',
      } as never,
      by,
    )
    await openDraft(tx, {
      owner: { kind: 'citizen', id: owner.id },
      personId: owner.id,
      serviceCode: 'ADM-05',
      serviceVersion: (await catalogueOf(tx)).find('ADM-05')?.service.definition.version ?? 0,
      channel: 'web',
      capacity: 'principal',
      answers: {
        kind: 'pit',
        words: ledger.mark(name, 'draft'),
        danger: false,
        where: 'حي السوق',
        landmark: '',
      },
    })
  })
  await ledger.claim(town, name)
}

/** What they said to the management and of whom, who looked and what they asked of it, who acts for them, their turn in the hall. */
export async function aVoice(
  town: PeopledTown,
  ledger: Ledger,
  input: WorldInput,
  owner: Citizen,
  agent: Citizen,
): Promise<void> {
  const { name } = input
  const actor = { kind: 'citizen', personId: owner.id, level: 'verified' } as const
  const { house, bench } = town
  await town.write(async tx => {
    await openContact(tx, bench, {
      personId: owner.id,
      actor,
      subject: 'الشارع',
      words: `حُفر شارعنا ${ledger.mark(name, 'contact')}`,
    })
    await planMessage(tx, house, {
      kind: 'step',
      event: 'received',
      personId: owner.id,
      body: ledger.mark(name, 'message'),
    })
    await enterMandate(
      tx,
      house,
      {
        principalId: owner.id,
        agentId: agent.id,
        proof: { kind: 'both-present', number: '', issuer: '' },
        terms: { acts: ['requests'], services: undefined, validFrom: '2026-02-01', validUntil: '2027-02-01' },
      },
      builder,
    )
    const reason = {
      staffId: town.staff.clerk.id,
      personId: owner.id,
      reason: 'other',
      words: ledger.mark(name, 'reason'),
      address: '/office',
    }
    await grantReason(tx, house.events, reason, {
      kind: 'staff',
      id: town.staff.clerk.id,
      office: 'service-centre',
    })
    const { rows } = await sql<{
      id: string
    }>`select audit_id as id from audit where municipality_id = ${tx.town} and person_id = ${owner.id}
      and act = 'person.opened-outside-task' order by at desc limit 1`.execute(tx.q)
    const [look] = rows
    if (!look) throw new Error('nobody looked')
    await askWhyLooked(tx, {
      town: town.town,
      personId: owner.id,
      auditId: look.id,
      words: ledger.mark(name, 'question'),
    })
    const day = { from: '00:00', to: '23:59' }
    const calendar = { ...town.town.calendar, week: [day, day, day, day, day, day, day], closures: [] }
    await takeTurn(
      tx,
      { ...bench, town: { ...town.town, calendar } },
      { purpose: 'file', channel: 'portal', personId: owner.id } as never,
      builder,
    )
  })
  await aRight(town, ledger, name, owner)
  await ledger.claim(town, name)
  const unit: Unit = {
    name: `${name}-complaint`,
    kind: 'complaint',
    world: name,
    town: town.town.id,
    row: {
      owner: owner.id,
      parties: [],
      officesWithTask: [],
      officesConcerned: [],
      closedTo: [input.subject],
    },
  }
  ledger.units.push(unit)
  await town.write(tx =>
    complain(tx, bench, {
      personId: owner.id,
      actor,
      staffId: input.subject,
      words: `انتظرت ساعة ${ledger.mark(unit.name, 'complaint')}`,
    }),
  )
  await ledger.claim(town, unit.name)
}

/** A copy of all that is kept about them, ready to be fetched, and something they say is wrong. */
async function aRight(town: PeopledTown, ledger: Ledger, name: string, owner: Citizen): Promise<void> {
  const by = { kind: 'citizen', id: owner.id } as const
  const copyId = await town.write(tx => askCopy(tx, { personId: owner.id, way: 'portal' }, by))
  await makeCopy(town.house, town.town.id, { copyId })
  await town.write(tx =>
    fileCorrection(
      tx,
      town.bench,
      {
        personId: owner.id,
        fact: 'name',
        standsIn: 'person',
        papers: [],
        wrong: 'اسم الأب',
        correct: ledger.mark(name, 'correction'),
      },
      by,
    ),
  )
}
