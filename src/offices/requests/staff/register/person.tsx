import { sql } from 'kysely'
import { type Actor, reachOf } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { stripControls } from '../../../../lib/arabic.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { maskId } from '../../../../lib/national-id.ts'
import { maskPhone } from '../../../../lib/phone.ts'
import type { Read } from '../../../../platform/database/transaction.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect, showPage } from '../../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../../web/route.ts'
import { record } from '../../../audit/index.ts'
import { catalogueOf } from '../../../catalogue/index.ts'
import { planMessage, worded } from '../../../messaging/index.ts'
import { getPerson, idNumberOf, phonesOf, samePerson, survivorOf } from '../../../people/index.ts'
import { duesOf } from '../../../treasury/index.ts'
import { requestVisible } from '../../access.ts'
import { requestsVisibleOf } from '../../lists.ts'
import { told } from '../../told.ts'
import { lookOnce, visitBegin } from '../looks.ts'
import { staffText } from '../strings.ts'
import { FileGate, PersonFile, type PersonFileProps } from './person-page.tsx'
import { happeningsOf, subscriptionsOf } from './subscriptions.ts'

const openedAct = 'person.opened-outside-task'

/** Ready reasons; «another» asks for words. */
export const reasons = ['phone', 'visit', 'field', 'complaint', 'other'] as const

export const personRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.person,
    access: staff('person.read'),
    audit: looks('person.opened'),
    handle: showFile,
  }),
  route({
    method: 'post',
    address: addresses.person,
    access: staff('person.read'),
    audit: acts(openedAct),
    handle: giveReason,
  }),
]

async function showFile(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const { actor } = call.visitor
  const page = await read(call, async tx => {
    const survivor = await survivorOf(tx, personId)
    if (survivor !== personId) return survivor
    const person = await getPerson(tx, personId)
    const cause = await causeFor(tx, actor, personId)
    if (!cause) return { person }
    await lookOnce(tx, call, 'person.opened', {
      personId,
      subjectKind: 'person',
      subjectId: personId,
      cause: cause.words,
    })
    return { person, file: await fileOf(tx, call, personId, cause) }
  })
  if (typeof page === 'string') return redirect(url(call, addresses.person, { person: page }))
  if (!page.file) return showGate(call, personId, {})
  return showPage(call, <PersonFile {...page.file} person={page.person} call={call} />)
}

type Cause = { kind: 'task' | 'role' | 'reason'; words: string }

/** Why this person's file may be open to the reader now: a task of theirs, a role of the whole town, or a reason given a moment ago. */
async function causeFor(tx: Read, actor: Actor, personId: string): Promise<Cause | undefined> {
  const reach = reachOf(actor, 'person.read')
  if (reach.taskOffices.length > 0) {
    const tasks = await sql`
      select 1 from request r
       where r.municipality_id = ${tx.town} and r.applicant_id = any(${samePerson(personId)}) and ${requestVisible(actor, 'person.read')}
       limit 1`.execute(tx.q)
    if (tasks.rows.length > 0 && !reach.town) return { kind: 'task', words: 'task' }
  }
  if (reach.town) return { kind: 'role', words: 'role' }
  const given = await sql<{ cause: string }>`
    select cause from audit
     where municipality_id = ${tx.town} and person_id = ${personId} and at > ${visitBegin(tx.now)}
       and act = ${openedAct} and actor_id = ${actorKey(actor).id}
     order by at desc limit 1`.execute(tx.q)
  const [reason] = given.rows
  return reason && { kind: 'reason', words: reason.cause }
}

async function showGate(
  call: Call,
  personId: string,
  { faults, typed }: { faults?: Fault[]; typed?: { reason: string; words: string } },
): Promise<Response> {
  // Before a reason is given the page names nobody: neither the name nor anything else of the person stands on it.
  return showPage(
    call,
    <FileGate personId={personId} faults={faults} typed={typed} />,
    faults && faults.length > 0 ? 422 : 200,
  )
}

async function giveReason(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const reason = typedText(call, 'reason')
  const words = stripControls(typedText(call, 'words')).trim().slice(0, 300)
  const known = reasons.find(each => each === reason)
  const faults: Fault[] = []
  if (!known) faults.push({ field: 'reason', code: 'required' })
  if (known === 'other' && words === '') faults.push({ field: 'words', code: 'reason-missing' })
  if (faults.length > 0 || !known) return showGate(call, personId, { faults, typed: { reason, words } })
  const cause = [known === 'other' ? '' : staffText('ar', `reason-${known}`), words]
    .filter(Boolean)
    .join(': ')
  const answer = await write(call, async tx => {
    await getPerson(tx, personId)
    const { actor } = call.visitor
    await record(tx, {
      actor: {
        ...actorKey(actor),
        office: actor.kind === 'staff' ? actor.appointments[0]?.office : undefined,
      },
      act: openedAct,
      subjectKind: 'person',
      subjectId: personId,
      personId,
      cause,
    })
    await planMessage(tx, call.house, {
      ...(await worded(tx, call.house, told['file-opened'], {})),
      personId,
    })
    return { redirect: url(call, addresses.person, { person: personId }) }
  })
  flash(call, { text: staffText(call.locale, 'opened-until', { reason: cause }), tone: 'honey' })
  return answer
}

async function fileOf(
  tx: Read,
  call: Call,
  personId: string,
  cause: Cause,
): Promise<Omit<PersonFileProps, 'person' | 'call'>> {
  const { actor } = call.visitor
  const { crypto } = call.house
  const id = await idNumberOf(tx, crypto, personId)
  const subscriptions = await subscriptionsOf(tx, personId, dateIn(tx.now, call.town.timeZone))
  const seesDues = reachOf(actor, 'dues.read').town || cause.kind === 'task'
  return {
    cause: cause.kind,
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
