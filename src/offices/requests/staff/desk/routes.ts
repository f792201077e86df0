import { isLentAct } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { Conflict, type Fault, Forbidden, InvalidInput } from '../../../../lib/errors.ts'
import { isId } from '../../../../lib/ids.ts'
import { type Call, idParam, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect } from '../../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../../web/route.ts'
import {
  type Delegation,
  delegate,
  endAbsence,
  endDelegation,
  enterAbsence,
  getAbsence,
} from '../../../people/index.ts'
import { colleaguesOf } from '../colleagues.ts'
import { readDay } from '../request/read-act.ts'
import { type StaffKey, staffText } from '../strings.ts'
import { type DeskShown, showDesk } from './page.tsx'
import { addPhrase, getPhrase, removePhrase } from './phrases.ts'
import { auditActorOf, maySetAbsence, officesKept, staffActor } from './rights.ts'

/** Does an act of the desk; what is wrong with the form brings the page back with what was typed. */
async function doThen(call: Call, form: DeskShown['form'], said: StaffKey, act: () => Promise<Response>) {
  try {
    const answer = await act()
    flash(call, { text: staffText(call.locale, said), tone: 'olive' })
    return answer
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    return showDesk(call, { ...(form && { form }), typed: call.typed, faults: error.faults })
  }
}

const backToDesk = (call: Call) => ({ redirect: url(call, addresses.myDesk) })

function takePhrase(call: Call): Promise<Response> {
  const actor = staffActor(call.visitor.actor)
  const whose = typedText(call, 'owner')
  return doThen(call, 'phrase', 'phrase-added', () =>
    write(call, async tx => {
      const isOffice = whose !== '' && whose !== 'mine'
      if (isOffice && !officesKept(actor).includes(whose)) throw new Forbidden('not-your-office')
      await addPhrase(
        tx,
        {
          owner: isOffice ? whose : actor.staffId,
          ownerKind: isOffice ? 'office' : 'staff',
          text: typedText(call, 'text'),
        },
        auditActorOf(actor),
      )
      return backToDesk(call)
    }),
  )
}

function takeOffPhrase(call: Call): Promise<Response> {
  const actor = staffActor(call.visitor.actor)
  return doThen(call, undefined, 'phrase-removed', () =>
    write(call, async tx => {
      const phrase = await getPhrase(tx, idParam(call, 'phrase'))
      const mine =
        phrase.ownerKind === 'staff'
          ? phrase.owner === actor.staffId
          : officesKept(actor).includes(phrase.owner)
      if (!mine) throw new Forbidden('not-your-phrase')
      await removePhrase(tx, phrase.id, auditActorOf(actor))
      return backToDesk(call)
    }),
  )
}

async function takeAbsence(call: Call): Promise<Response> {
  const actor = staffActor(call.visitor.actor)
  const from = readDay(typedText(call, 'from'))
  const until = readDay(typedText(call, 'until'))
  const deputy = typedText(call, 'deputy')
  const who = typedText(call, 'who') || actor.staffId
  const faults: Fault[] = [
    ...dayFault('from', from),
    ...dayFault('until', until),
    ...(isId(deputy) ? [] : [{ field: 'deputy', code: 'deputy-missing' }]),
    ...(isId(who) ? [] : [{ field: 'who', code: 'not-an-option' }]),
  ]
  return doThen(call, 'absence', 'absence-entered', async () => {
    if (faults.length > 0) throw new InvalidInput(faults)
    return write(call, async tx => {
      const colleagues = await colleaguesOf(tx, call.town.timeZone)
      if (!maySetAbsence(actor, who, colleagues)) throw new Forbidden('not-your-colleague')
      await enterAbsence(
        tx,
        { staffId: who, deputyId: deputy, from, until, reason: typedText(call, 'reason').trim() },
        auditActorOf(actor),
      )
      return backToDesk(call)
    })
  })
}

const dayFault = (field: 'from' | 'until', day: string): Fault[] =>
  day === 'missing'
    ? [{ field, code: `${field}-missing` }]
    : day === 'bad'
      ? [{ field, code: 'not-a-date' }]
      : []

async function stopAbsence(call: Call): Promise<Response> {
  const actor = staffActor(call.visitor.actor)
  return doThen(call, undefined, 'absence-ended', () =>
    write(call, async tx => {
      const absence = await getAbsence(tx, idParam(call, 'absence'))
      const colleagues = await colleaguesOf(tx, call.town.timeZone)
      if (!maySetAbsence(actor, absence.staffId, colleagues)) throw new Forbidden('not-your-colleague')
      if (absence.until < dateIn(tx.now, call.town.timeZone)) throw new Conflict('absence-ended')
      await endAbsence(tx, absence.id, auditActorOf(actor))
      return backToDesk(call)
    }),
  )
}

function takeLending(call: Call): Promise<Response> {
  const actor = staffActor(call.visitor.actor)
  const text = (name: string) => typedText(call, name)
  const from = readDay(text('lend-from'))
  const until = readDay(text('lend-until'))
  const act = text('lend-act')
  const deputyId = text('lend-deputy')
  const day = (field: string, read: string): Fault[] =>
    read === 'missing'
      ? [{ field, code: `${field.replace('lend-', '')}-missing` }]
      : read === 'bad'
        ? [{ field, code: 'not-a-date' }]
        : []
  return doThen(call, 'lending', 'lent-out', async () => {
    const faults = [
      ...(isLentAct(act) ? [] : [{ field: 'lend-act', code: 'not-an-option' }]),
      ...(isId(deputyId) ? [] : [{ field: 'lend-deputy', code: 'deputy-missing' }]),
      ...day('lend-from', from),
      ...day('lend-until', until),
    ]
    if (!isLentAct(act) || faults.length > 0) throw new InvalidInput(faults)
    return write(call, async tx => {
      const lent = { staffId: actor.staffId, deputyId, office: text('lend-office'), act, from, until }
      await delegate(tx, { ...lent, reason: text('lend-reason').trim() }, auditActorOf(actor))
      return backToDesk(call)
    })
  })
}

function stopLending(call: Call): Promise<Response> {
  const actor = staffActor(call.visitor.actor)
  return doThen(call, undefined, 'lent-ended', () =>
    write(call, async tx => {
      const may = (lent: Delegation) => maySetAbsence(actor, lent.staffId, [])
      await endDelegation(tx, idParam(call, 'delegation'), auditActorOf(actor), may)
      return backToDesk(call)
    }),
  )
}

const post = (address: Route['address'], name: string, handle: Route['handle']): Route =>
  route({ method: 'post', address, access: staff('request.act', 'request.read'), audit: acts(name), handle })

/** A page that answered a form has the form's address; reloaded, or come back to after a log-in, it leads to the desk. */
const again = (address: Route['address']): Route =>
  route({
    method: 'get',
    address,
    access: staff('request.act', 'request.read'),
    audit: nothing('leads on to the desk'),
    handle: call => redirect(url(call, addresses.myDesk)),
  })

/** Ready phrases, and who stands in. */
export const deskRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.myDesk,
    access: staff('request.act', 'request.read'),
    audit: nothing('shows the staff their own settings'),
    handle: call => showDesk(call),
  }),
  post(addresses.deskPhrases, 'desk.phrase-added', takePhrase),
  again(addresses.deskPhrases),
  post(addresses.deskPhraseRemove, 'desk.phrase-removed', takeOffPhrase),
  again(addresses.deskPhraseRemove),
  post(addresses.deskAbsences, 'people.absence-entered', takeAbsence),
  again(addresses.deskAbsences),
  post(addresses.deskAbsenceEnd, 'people.absence-ended', stopAbsence),
  again(addresses.deskAbsenceEnd),
  post(addresses.deskDelegations, 'people.act-lent', takeLending),
  again(addresses.deskDelegations),
  post(addresses.deskDelegationEnd, 'people.lending-ended', stopLending),
  again(addresses.deskDelegationEnd),
]
