import { type AccessName, may } from '../../kernel/access/index.ts'
import { addresses } from '../../lib/addresses.ts'
import { toWesternDigits } from '../../lib/arabic.ts'
import { dateIn } from '../../lib/calendar.ts'
import { inLocale } from '../../lib/localized.ts'
import type { Read } from '../../platform/database/index.ts'
import { type Call, read, url } from '../../web/call.ts'
import { redirect, showPage } from '../../web/page.tsx'
import { nothing, type Route, route, staff } from '../../web/route.ts'
import type { Catalogue } from '../catalogue/index.ts'
import { passRows } from '../looks/index.ts'
import { staffOf } from '../people/index.ts'
import { catalogueFor, keptCatalogue, listTasks, type RequestLine, type TaskLine } from '../requests/index.ts'
import { currentVisit } from '../visits/index.ts'
import { centreOf, clerkOf } from './clerk.ts'
import { type FoundAtCounter, findAtCounter, foundCount } from './find.ts'
import { noteNumber } from './presence/claim.ts'
import { SearchPage } from './search-page.tsx'
import { awaitingFees, type BegunLine, begunAtCounter, type UnpaidLine } from './store.ts'
import { putStrip } from './visit/strip.tsx'

export const searchRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counter,
    access: staff('person.read', 'request.file', 'receipt.take'),
    audit: nothing('lists namesakes with masked numbers; opening one of them is a look'),
    handle: showSearch,
  }),
]

/** What waits at the counter, besides whoever stands there. */
export type Waiting = {
  begun: (BegunLine & { service: string })[]
  unpaid: (UnpaidLine & { service: string })[]
  handovers: (TaskLine & { service: string })[]
}

export type SearchView = {
  text: string
  found: (Omit<FoundAtCounter, 'requests'> & { requests: (RequestLine & { service: string })[] }) | undefined
  waiting: Waiting
  /** Somebody was called to their window. */
  serving: boolean
  mayRegister: boolean
  mayTake: boolean
  mayFile: boolean
}

/** The one thing a number leads to, and whose number it was where it was somebody's. */
type Only = { address: string; personId: string | undefined }

/** The counter's first page. A number that is one thing's alone leads straight there. */
async function showSearch(call: Call): Promise<Response> {
  const text = (call.query.q ?? '').trim().slice(0, 120)
  const clerk = clerkOf(call)
  const has = (name: AccessName) => may(clerk, name)
  const kept = await keptCatalogue(call)
  const asked = await read(call, async (tx): Promise<Only | { view: SearchView }> => {
    const found = text === '' ? undefined : await findAtCounter(tx, call.house.crypto, clerk, text)
    const address = found && theOnly(call, found)
    // Whoever is led on sees nothing of what waits: it is not read for them.
    if (found && address) return { address, personId: numbered(text, found) }
    const [waiting, visit] = await Promise.all([
      waitingFor(tx, call, kept),
      currentVisit(tx, clerk.staffId),
      putStrip(tx, call),
    ])
    const requests = found?.requests ?? []
    const catalogue = await catalogueFor(tx, kept, requests)
    const view: SearchView = {
      text,
      found: found && { ...found, requests: requests.map(each => named(call, catalogue, each)) },
      waiting,
      serving: visit !== undefined,
      mayRegister: has('person.register'),
      mayTake: has('receipt.take'),
      mayFile: has('request.file'),
    }
    return { view }
  })
  if ('address' in asked) {
    if (asked.personId !== undefined) await noteNumber(call, asked.personId)
    return redirect(asked.address)
  }
  const { view } = asked
  // Whoever is served may be anybody of that name; without a visitor a list of people is leafed through.
  if (view.found && !view.serving) await passRows(call, view.found.people.people.length)
  return showPage(call, <SearchPage view={view} />)
}

/** Whose number was typed whole: of a card, or of an account or meter. */
function numbered(text: string, { people, holdings }: FoundAtCounter): string | undefined {
  const card = /^\d{9}$/.test(toWesternDigits(text).replace(/\s/g, ''))
  return (card ? people.people[0]?.id : undefined) ?? holdings[0]?.personId
}

/** Where a number leads that is one thing's alone; a name is never taken for sure. */
function theOnly(call: Call, found: FoundAtCounter): string | undefined {
  if (foundCount(found) !== 1 || found.people.by === 'name') return undefined
  const [person] = found.people.people
  const [holding] = found.holdings
  const [receipt] = found.receipts
  const requestId = found.requests[0]?.id ?? found.certificates[0]?.requestId
  const personId = person?.id ?? holding?.personId
  if (personId) return url(call, addresses.counterPerson, { person: personId })
  if (requestId) return url(call, addresses.counterReceived, { id: requestId })
  return receipt && url(call, addresses.receipt, { id: receipt.id })
}

async function waitingFor(tx: Read, call: Call, kept: Catalogue): Promise<Waiting> {
  const clerk = clerkOf(call)
  const today = dateIn(tx.now, call.town.timeZone)
  const files = may(clerk, 'request.file')
  const [begun, unpaid, tasks] = await Promise.all([
    files
      ? staffOf(tx, centreOf(call.town), today).then(colleagues => {
          const ids = [...new Set([clerk.staffId, ...colleagues.map(each => each.id)])]
          return begunAtCounter(tx, ids, clerk.staffId)
        })
      : [],
    may(clerk, 'receipt.take') ? awaitingFees(tx) : [],
    files ? listTasks(tx, { staffId: clerk.staffId, appointments: clerk.appointments }, 'mine', 200) : [],
  ])
  const catalogue = await catalogueFor(tx, kept, [...begun, ...unpaid, ...tasks])
  return {
    begun: begun.map(each => named(call, catalogue, each)),
    unpaid: unpaid.map(each => named(call, catalogue, each)),
    handovers: tasks
      .filter(task => task.purpose === 'step' && stepKind(catalogue, task) === 'handover')
      .map(each => named(call, catalogue, each)),
  }
}

const stepKind = (catalogue: Catalogue, { serviceCode, serviceVersion, step }: TaskLine) =>
  catalogue.get(serviceCode, serviceVersion).service.step(step).kind

/** A line with the name of its service in words. */
function named<Line extends { serviceCode: string; serviceVersion: number }>(
  call: Call,
  catalogue: Catalogue,
  line: Line,
): Line & { service: string } {
  const { definition } = catalogue.get(line.serviceCode, line.serviceVersion).service
  return { ...line, service: inLocale(definition.name, call.locale) }
}
