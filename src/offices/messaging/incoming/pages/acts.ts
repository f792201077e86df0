import { addresses } from '../../../../lib/addresses.ts'
import { toWesternDigits } from '../../../../lib/arabic.ts'
import { Conflict, Forbidden, InvalidInput } from '../../../../lib/errors.ts'
import { cleanSms } from '../../../../lib/sms/index.ts'
import type { Write } from '../../../../platform/database/index.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect } from '../../../../web/page.tsx'
import { record } from '../../../audit/index.ts'
import { openPhone, phoneOwners } from '../../../people/index.ts'
import { planMessage } from '../../plan.ts'
import { setInvitesTexts } from '../invite.ts'
import { textLinkerOf } from '../link.ts'
import { field, isReviewed } from './fields.ts'
import { showOne } from './one.tsx'
import { oneText, type SettledHow, type Settlement, settleText, takeText } from './store.ts'
import { type IncomingWord, incomingText } from './words.ts'

function staffId(call: Call): string {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return actor.staffId
}

const noted = (tx: Write, call: Call, act: string, id: string, personId?: string) =>
  record(tx, {
    actor: actorKey(call.visitor.actor),
    act,
    subjectKind: 'incoming-message',
    subjectId: id,
    personId,
  })

/** Takes it off the list for one of the staff. @throws Conflict where a colleague was faster, and nothing is done */
async function settle(tx: Write, id: string, settlement: Settlement): Promise<void> {
  if (!(await settleText(tx, id, settlement))) throw new Conflict('text-settled')
}

async function act(
  call: Call,
  said: { word: IncomingWord; values?: Record<string, string> },
  back: 'list' | 'one',
  work: (tx: Write, id: string, by: string) => Promise<void>,
): Promise<Response> {
  const id = idParam(call, 'id')
  const by = staffId(call)
  const to = back === 'list' ? url(call, addresses.incoming) : url(call, addresses.incomingText, { id })
  try {
    const answer = await write(call, async tx => {
      await oneText(tx, id)
      await work(tx, id, by)
      return { redirect: to }
    })
    flash(call, { text: incomingText(call.locale, said.word, said.values), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showOne(call, { faults: error.faults, status: 422 })
    if (!(error instanceof Conflict)) throw error
    flash(call, { text: incomingText(call.locale, 'late'), tone: 'sumac' })
    return redirect(url(call, addresses.incoming))
  }
}

/** POST: whether messages ask for answers by text, from today on. */
export function invite(call: Call): Promise<Response> {
  const value = typedText(call, field.invites) === 'yes'
  const by = staffId(call)
  return write(call, async tx => {
    await setInvitesTexts(tx, call.town, value, by)
    return { redirect: url(call, addresses.incoming) }
  })
}

/** POST: takes it in hand, so that no colleague answers too; or gives it back. */
export function take(call: Call): Promise<Response> {
  const back = typedText(call, field.back) === 'yes'
  return act(call, { word: back ? 'given-back' : 'taken-now' }, 'one', async (tx, id, by) => {
    if (!(await takeText(tx, id, by, back))) throw new Conflict('text-settled')
    await noted(tx, call, back ? 'messaging.incoming-given-back' : 'messaging.incoming-taken', id)
  })
}

/** POST: it was read, or whoever wrote it was called. */
export function markSeen(call: Call): Promise<Response> {
  const how: SettledHow = typedText(call, field.how) === 'called' ? 'called' : 'read'
  return act(call, { word: how === 'called' ? 'called-done' : 'seen' }, 'list', async (tx, id, by) => {
    await settle(tx, id, { how, by })
    await noted(tx, call, `messaging.incoming-${how === 'called' ? 'called' : 'seen'}`, id)
  })
}

/** POST: answers the telephone that wrote. */
export function sendAnswer(call: Call): Promise<Response> {
  return act(call, { word: 'answered' }, 'list', async (tx, id, by) => {
    const body = cleanSms(typedText(call, field.answer))
    if (body === '') throw refused(field.answer, 'words-missing')
    if (await isReviewed(tx, call.town)) throw new Forbidden('second-person')
    const text = await oneText(tx, id)
    const answerId = await planMessage(tx, call.house, {
      kind: 'reply',
      event: 'incoming.answer',
      body,
      personId: text.person?.id,
      to: { sealed: text.from, index: text.index },
      written: { by, held: false },
    })
    await settle(tx, id, { how: 'answered', by, answerId })
    await noted(tx, call, 'messaging.incoming-answered', id, text.person?.id)
  })
}

/** POST: puts it into the conversation of a request of whoever wrote it. */
export function linkToRequest(call: Call): Promise<Response> {
  const typed = toWesternDigits(typedText(call, field.number))
  const match = /^\s*(\d{1,9})\s*[/\\\-.]\s*(\d{4})\s*$/.exec(typed)
  const number = match ? `${match[1]}/${match[2]}` : ''
  return act(call, { word: 'linked', values: { number } }, 'list', async (tx, id, by) => {
    const linker = textLinkerOf(call.house)
    if (!match || !linker) throw refused(field.number, 'request-number')
    const text = await oneText(tx, id)
    const phone = openPhone({ tx, crypto: call.house.crypto }, text.from)
    const owners = await phoneOwners(tx, call.house.crypto, phone)
    const linked = await linker(tx, call, {
      actor: call.visitor.actor,
      number: Number(match[1]),
      year: Number(match[2]),
      personIds: owners.map(owner => owner.personId),
      text: text.text,
      incomingId: id,
    })
    if (linked.refused !== undefined)
      throw refused(
        field.number,
        linked.refused === 'letter-empty' ? 'words-missing' : `text-${linked.refused}`,
      )
    await settle(tx, id, { how: 'linked', by, requestId: linked.requestId })
    await noted(tx, call, 'messaging.incoming-linked', id, text.person?.id)
  })
}

const refused = (name: string, code: string): InvalidInput => new InvalidInput([{ field: name, code }])
