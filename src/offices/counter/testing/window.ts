import { aDoor, type Knock } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, builder, logInAs } from '../../../../test/builders/people.ts'
import { aVariantOf, aWorker, aWorkingTown } from '../../../../test/builders/requests.ts'
import { anOpenTill } from '../../../../test/builders/treasury.ts'
import type { TestDatabase } from '../../../../test/database.ts'
import { type Address, type AddressParams, addresses, townUrl } from '../../../lib/addresses.ts'
import { type Money, toDecimal } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Route } from '../../../web/route.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { publishService } from '../../catalogue/index.ts'
import { appoint, peopleRoutes } from '../../people/index.ts'
import { getRequest, registerRequests } from '../../requests/index.ts'
import { accountFor, chargesOfRequest, raiseCharge, setRate } from '../../treasury/index.ts'
import { counterRoutes } from '../index.ts'

/** The residence certificate with its fee in dinars, under a code of its own. */
async function publishInDinars(tx: Write): Promise<void> {
  const inDinars = await aVariantOf('ADM-01', source =>
    source
      .replace('code: ADM-01', 'code: ADM-91')
      .replaceAll('applicationFee', 'dinarFee')
      .replace('currency: ILS\n    amount: tariff', 'currency: JOD\n    amount: tariff')
      .replace('amount: 10, currency: ILS', 'amount: 50, currency: JOD'),
  )
  await publishService(tx, inDinars, builder)
}

/** A town at work with its counter, knocked at as a browser does. */
export async function aCounter(db: TestDatabase, more: readonly Route[] = []) {
  const house = aHouse(db)
  const town = await aTown(house)
  const bench = { house, town }
  const place = { house, town: town.id }
  await aWorkingTown(bench)
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  const clerk = await aWorker(bench, 'clerk', 'service-centre')
  const teller = await aWorker(bench, 'clerk', 'service-centre')
  const collector = await aWorker(bench, 'collector', 'treasury')
  const manager = await aWorker(bench, 'manager', 'service-centre')
  const admin = await aWorker(bench, 'admin', 'service-centre')
  await house.database.write(town.id, async tx => {
    const till = { office: 'treasury', role: 'collector', validFrom: '2020-01-01' } as const
    await appoint(tx, { staffId: teller.id, ...till }, builder)
    await setRate(tx, { currency: 'JOD', rate: '5.1', setBy: collector.id })
    await publishInDinars(tx)
    await anOpenTill(tx, teller.id, 'A')
    await anOpenTill(tx, collector.id, 'B')
  })
  const { knock } = aDoor(house, [...counterRoutes, ...peopleRoutes, ...more])
  const staff = { clerk, teller, collector, manager, admin }
  type Post = keyof typeof staff
  const cookies = new Map<Post, string>()
  for (const post of Object.keys(staff) as Post[])
    cookies.set(post, await logInAs(place, { staffId: staff[post].id }))

  async function ask<P extends string>(
    by: Post,
    address: Address<P>,
    params: AddressParams<P>,
    rest: Pick<Knock, 'form' | 'body'> & { query?: Record<string, string> } = {},
  ) {
    const { query, ...knocked } = rest
    const answer = await knock(townUrl(town, address, params, query), {
      cookie: cookies.get(by) ?? '',
      ...knocked,
    })
    const html = await answer.text()
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      html,
      text: html
        .replace(/<head>.*?<\/head>/s, '')
        .replace(/<[^>]+>/g, '')
        .replace(/\s+/g, ' '),
    }
  }

  const read = <T>(work: (tx: Read) => Promise<T>): Promise<T> => house.database.read(town.id, work)
  const write = <T>(work: (tx: Write) => Promise<T>): Promise<T> => house.database.write(town.id, work)

  /** Begins a request for a person; gives the draft's id. */
  async function begin(by: Post, person: BuiltPerson, code = 'ADM-01'): Promise<string> {
    const { location } = await ask(
      by,
      addresses.counterStart,
      { person: person.id, code },
      { form: { seen: 'yes' } },
    )
    return /drafts\/([0-9a-f-]+)/.exec(location)?.[1] ?? ''
  }

  /** An electricity debt, which holds a new subscription. */
  const owe = (person: BuiltPerson, amount: Money): Promise<string> =>
    write(async tx => {
      const account = await accountFor(tx, {
        objectKind: 'person',
        objectId: person.id,
        kind: 'electricity',
        holderId: person.id,
      })
      return raiseCharge(tx, {
        accountId: account.id,
        debtorId: person.id,
        dueKind: 'electricity',
        amount,
        refundable: false,
        label: { ar: 'فاتورة كهرباء', en: 'Bill' },
        reasons: {},
        dueOn: '2026-01-01',
        by: builder,
      })
    })

  /** How much of everything there is: nothing half-written goes unseen. */
  const counts = async () => {
    const all: Record<string, number> = {}
    for (const table of ['request', 'receipt', 'charge', 'voucher', 'request_action', 'message'] as const) {
      const row = await db.owner
        .selectFrom(table)
        .select(eb => eb.fn.countAll<string>().as('n'))
        .where('municipality_id', '=', town.id)
        .executeTakeFirstOrThrow()
      all[table] = Number(row.n)
    }
    return all
  }

  return {
    db,
    house,
    town,
    bench,
    place,
    staff,
    ask,
    knock,
    read,
    write,
    begin,
    owe,
    counts,
    person: (over: Parameters<typeof aPerson>[1] = {}) => aPerson(place, over),
    request: (id: string) => read(tx => getRequest(tx, id)),
    charges: (id: string) => read(tx => chargesOfRequest(tx, id)),
  }
}

/** The boxes of a complete residence certificate, as a clerk fills them. */
export const residence: Record<string, string> = {
  _shown: 'purpose addressedTo residence livingSince housing townAccount',
  capacity: 'principal',
  purpose: 'school',
  'residence.block': '3',
  'residence.quarter': 'حي السوق',
  'residence.parcel': '118',
  livingSince: '1/5/2015',
  housing: 'owned',
  townAccount: 'yes',
  seen: 'yes',
}

/** The boxes of a complete electricity subscription. */
export const subscription: Record<string, string> = {
  _shown: 'place unit location insideLimits right licensed licenceNumber loads billing',
  capacity: 'principal',
  'place.block': '3',
  'place.quarter': 'حي السوق',
  'place.parcel': '118',
  insideLimits: 'yes',
  right: 'own',
  licensed: 'yes',
  billing: 'prepaid',
}

/** What the page says is due, as it is sent back with the money. */
export const due = (amount: Money): string => `${toDecimal(amount)} ${amount.currency}`
