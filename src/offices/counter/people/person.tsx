import { type AccessName, may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import { type Call, idParam, read, typedText, url } from '../../../web/call.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import { looks, type Route, route, staff } from '../../../web/route.ts'
import type { CatalogueService } from '../../catalogue/index.ts'
import { lookInto } from '../../looks/index.ts'
import {
  type LogInStanding,
  logInStanding,
  type MergedRecord,
  mergedRecords,
  type Phone,
  phoneToAsk,
  survivorOf,
} from '../../people/index.ts'
import { catalogueFor, keptCatalogue, type RequestLine, requestsOfPerson } from '../../requests/index.ts'
import { type Due, duesOf } from '../../treasury/index.ts'
import { type Standing, standingOf } from '../case/open.ts'
import { clerkOf } from '../clerk.ts'
import { type Original, originalsOf } from '../originals/store.ts'
import { counterText } from '../strings.ts'
import { putStrip } from '../visit/strip.tsx'
import { PersonPage } from './person-page.tsx'

export const personRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterPerson,
    access: staff('person.read', 'request.file', 'receipt.take'),
    audit: looks('counter.person-opened'),
    handle: call => showPerson(call),
  }),
]

export type PersonView = Standing & {
  dues: Due[]
  requests: (RequestLine & { service: CatalogueService['service'] })[]
  /** Services taken in at the counter, of those found where something was asked for. */
  services: CatalogueService[]
  asked: string
  /** Their log-in, where they have one. */
  logIn: LogInStanding | undefined
  merged: MergedRecord[]
  originals: Original[]
  mayMerge: boolean
  mayFile: boolean
  mayTake: boolean
  mayRegister: boolean
  faults: Fault[]
  typedPhone: string
  /** The number to ask about at this visit. */
  askAbout: Phone | undefined
  identitySeen: boolean
}

/** The person at the window: who they are, what they owe, what is under way, and what they may have come for. */
export async function showPerson(call: Call, faults: Fault[] = [], status = 200): Promise<Response> {
  const personId = idParam(call, 'person')
  const clerk = clerkOf(call)
  const has = (name: AccessName) => may(clerk, name)
  const asked = (call.query.s ?? '').trim().slice(0, 80)
  const kept = await keptCatalogue(call)
  const view = await read(call, async (tx): Promise<PersonView | string> => {
    const survivor = await survivorOf(tx, personId)
    if (survivor !== personId) return survivor
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    await lookInto(call, tx, {
      ...seen,
      cause: counterText('ar', typedText(call, 'seen') === 'yes' ? 'cause-identity' : 'cause-visit'),
    })
    const [standing, requests, dues, logIn, merged, originals] = await Promise.all([
      standingOf(tx, call, personId),
      requestsOfPerson(tx, personId, 20),
      duesOf(tx, personId, dateIn(tx.now, call.town.timeZone)),
      logInStanding(tx, call.house, personId),
      mergedRecords(tx, personId),
      originalsOf(tx, personId),
      putStrip(tx, call),
    ])
    const catalogue = await catalogueFor(tx, kept, requests)
    const services = (asked === '' ? catalogue.offered : catalogue.search(asked)).filter(each =>
      each.service.definition.channels.includes('counter'),
    )
    return {
      ...standing,
      dues,
      logIn,
      merged,
      originals,
      askAbout: await phoneToAsk(tx, personId, standing.phones),
      requests: requests.map(line => ({
        ...line,
        service: catalogue.get(line.serviceCode, line.serviceVersion).service,
      })),
      services,
      asked,
      mayMerge: has('person.merge'),
      mayFile: has('request.file'),
      mayTake: has('receipt.take'),
      mayRegister: has('person.register'),
      faults,
      typedPhone: typedText(call, 'phone'),
      identitySeen: typedText(call, 'seen') === 'yes',
    }
  })
  if (typeof view === 'string') return redirect(url(call, addresses.counterPerson, { person: view }))
  return showPage(call, <PersonPage view={view} />, status)
}
