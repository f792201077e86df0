import { reachOf } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { maskId } from '../../../../lib/national-id.ts'
import { maskPhone } from '../../../../lib/phone.ts'
import type { Read } from '../../../../platform/database/transaction.ts'
import { type Call, idParam, read, url } from '../../../../web/call.ts'
import { redirect, showPage } from '../../../../web/page.tsx'
import { looks, type Route, route, staff } from '../../../../web/route.ts'
import { catalogueOf } from '../../../catalogue/index.ts'
import { type Cause, openedBy } from '../../../looks/index.ts'
import { getPerson, idNumberOf, phonesOf, survivorOf } from '../../../people/index.ts'
import { duesOf } from '../../../treasury/index.ts'
import { requestsVisibleOf } from '../../lists.ts'
import { lookOnce } from '../looks.ts'
import { staffText } from '../strings.ts'
import { PersonFile, type PersonFileProps } from './person-page.tsx'
import { happeningsOf, subscriptionsOf } from './subscriptions.ts'

export const personRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.person,
    access: staff('person.read', 'request.read', 'dues.read'),
    audit: looks('person.opened'),
    handle: showFile,
  }),
]

async function showFile(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const page = await read(call, async tx => {
    const survivor = await survivorOf(tx, personId)
    if (survivor !== personId) return survivor
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    const cause = await lookOnce(tx, call, 'person.opened', { ...seen, cause: staffText('ar', 'file-cause') })
    const opened = openedBy(tx, cause)
    return { person: await getPerson(opened, personId), file: await fileOf(opened, call, personId, cause) }
  })
  if (typeof page === 'string') return redirect(url(call, addresses.person, { person: page }))
  return showPage(call, <PersonFile {...page.file} person={page.person} call={call} />)
}

async function fileOf(
  tx: Read,
  call: Call,
  personId: string,
  cause: Cause | undefined,
): Promise<Omit<PersonFileProps, 'person' | 'call'>> {
  const { actor } = call.visitor
  const { crypto } = call.house
  const id = await idNumberOf(tx, crypto, personId)
  const subscriptions = await subscriptionsOf(tx, personId, dateIn(tx.now, call.town.timeZone))
  const seesDues = reachOf(actor, 'dues.read').town || cause?.kind === 'task'
  return {
    maskedId: id === undefined ? undefined : maskId(id),
    phones: (await phonesOf(tx, crypto, personId)).map(phone => ({
      number: maskPhone(phone.e164),
      shared: phone.shared,
      asleep: phone.asleepAt !== undefined,
    })),
    requests: await requestsVisibleOf(tx, actor, [personId], 30),
    catalogue: await catalogueOf(tx),
    subscriptions,
    happenings: await happeningsOf(tx, subscriptions),
    dues: seesDues ? await duesOf(tx, personId, dateIn(tx.now, call.town.timeZone)) : undefined,
  }
}
