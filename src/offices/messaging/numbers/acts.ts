import { z } from 'zod'
import { optionalKinds } from '../../../kernel/messages/index.ts'
import { toWesternDigits } from '../../../lib/arabic.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { formatPhone, parsePhone } from '../../../lib/phone.ts'
import type { Write } from '../../../platform/database/index.ts'
import { aside, type Call, read, typedList, typedText, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import type { AuditActor } from '../../audit/index.ts'
import {
  choosePhone,
  contactChannels,
  emailOf,
  endEmail,
  endPhone,
  type Phone,
  phoneLabels,
  phonesOf,
  preferChannels,
  reachOfPerson,
} from '../../people/index.ts'
import {
  type CodeTarget,
  type Proven,
  sendContactCode,
  takeContactCode,
  tellOfMove,
  tryContactCode,
} from './codes.ts'
import { carryWishes, leaveOut, type OptOutWay } from './opt-out.ts'
import { type ContactText, contactText } from './strings.ts'

/** Whose numbers are changed, by whom, and where the page stands. */
export type ContactDesk = {
  call: Call
  personId: string
  by: AuditActor
  way: OptOutWay
  /** The page, with the query it is to open with. */
  here: (query?: Record<string, string>) => string
  /** Shows the page again with what is wrong. */
  again: (faults: Fault[]) => Promise<Response>
  /** What else belongs to the act, in its transaction. */
  also?: ((tx: Write) => Promise<void>) | undefined
}

type Step = (desk: ContactDesk) => Promise<Response>

/** What can be done on the page, by the value of the button that was pressed. */
const steps: Record<string, Step> = {
  send: sendToPhone,
  verify: sendToKnown,
  check: checkCode,
  choose,
  end,
  channels,
  kinds: chooseKinds,
  email: sendToEmail,
  'end-email': dropEmail,
}

/** Does what the pressed button says; undefined where this page knows no such button. */
export const contactStep = (name: string): Step | undefined =>
  Object.hasOwn(steps, name) ? steps[name] : undefined

const fault = (field: string, code: string): Fault => ({ field, code })

/** Keeps an act and says that it was done; a conflict becomes a fault beside the field it belongs to. */
async function act(
  desk: ContactDesk,
  { said, field, to = '' }: { said: ContactText; field: string; to?: string },
  work: (tx: Write) => Promise<unknown>,
): Promise<Response> {
  try {
    const answer = await write(desk.call, async tx => {
      await work(tx)
      await desk.also?.(tx)
      return { redirect: desk.here() }
    })
    flash(desk.call, { text: contactText(desk.call.locale, said, { to }), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof Conflict) return desk.again([fault(field, error.code)])
    throw error
  }
}

/** Sends a code, and opens the page at the place where it is typed. */
async function send(desk: ContactDesk, field: string, target: CodeTarget): Promise<Response> {
  try {
    return await write(desk.call, async tx => {
      const code = await sendContactCode(tx, desk.call.house, desk.personId, target, desk.by)
      return { redirect: `${desk.here({ code })}#code` }
    })
  } catch (error) {
    if (error instanceof Conflict) return desk.again([fault(field, error.code)])
    throw error
  }
}

function sendToPhone(desk: ContactDesk): Promise<Response> {
  const read = readMobile(typedText(desk.call, 'phone'))
  if (!read.ok) return desk.again([fault('phone', read.code)])
  return send(desk, 'phone', { channel: 'sms', to: read.e164, label: labelOf(desk.call) })
}

/** A mobile as it was typed; a fixed line takes no messages. */
export function readMobile(typed: string): { ok: true; e164: string } | { ok: false; code: string } {
  const read = parsePhone(typed.slice(0, 40))
  if (!read.ok) return { ok: false, code: read.code }
  return read.value.kind === 'fixed'
    ? { ok: false, code: 'phone-not-mobile' }
    : { ok: true, e164: read.value.e164 }
}

/** Whose a number is, as it was chosen; one's own unless said otherwise. */
export const labelOf = (call: Call, name = 'label') =>
  phoneLabels.find(each => each === typedText(call, name)) ?? 'own'

/** The number a button stands beside. */
export async function numberOf(desk: Pick<ContactDesk, 'call' | 'personId'>): Promise<Phone | undefined> {
  const { call, personId } = desk
  const key = typedText(call, 'number')
  const phones = await read(call, tx => phonesOf(tx, call.house.crypto, personId))
  return phones.find(each => each.key === key)
}

async function sendToKnown(desk: ContactDesk): Promise<Response> {
  const phone = await numberOf(desk)
  if (!phone) return desk.again([fault('numbers', 'phone-not-theirs')])
  return send(desk, 'numbers', { channel: 'sms', to: phone.e164, label: phone.label })
}

const email = z.email().max(200)

function sendToEmail(desk: ContactDesk): Promise<Response> {
  const typed = typedText(desk.call, 'email').trim()
  if (typed === '') return desk.again([fault('email', 'email-missing')])
  const read = email.safeParse(typed)
  if (!read.success) return desk.again([fault('email', 'email-malformed')])
  return send(desk, 'email', { channel: 'email', to: read.data })
}

async function checkCode(desk: ContactDesk): Promise<Response> {
  const { call, personId, by } = desk
  const codeId = typedText(call, 'id')
  const typed = toWesternDigits(typedText(call, 'code')).replace(/\D/g, '').slice(0, 10)
  if (typed === '') return desk.again([fault('code', 'message-code-missing')])
  if (!isId(codeId)) return desk.again([fault('code', 'code-expired')])
  // A wrong try is counted whatever follows.
  const wrong = await aside(call, tx => tryContactCode(tx, personId, codeId, typed))
  if (wrong) return desk.again([fault('code', wrong)])
  let proven: Proven | undefined
  try {
    const answer = await write(call, async tx => {
      proven = await carryWishes(tx, call.house.crypto, { personId, way: desk.way }, by, () =>
        takeContactCode(tx, call.house, { personId, codeId }, by),
      )
      await desk.also?.(tx)
      return { redirect: desk.here() }
    })
    if (proven) flash(call, { text: saidOf(call, proven), tone: proven.shared ? 'honey' : 'olive' })
    return answer
  } catch (error) {
    if (error instanceof Conflict) return desk.again([fault('code', error.code)])
    throw error
  }
}

function saidOf(call: Call, { channel, to, shared }: Proven): string {
  const key = channel === 'email' ? 'proven-email' : shared ? 'proven-shared' : 'proven'
  return contactText(call.locale, key, { to: channel === 'email' ? to : formatPhone(to) })
}

/** Messages go to another number; whoever has the one before is told. On the portal only a proven one is chosen. */
async function choose(desk: ContactDesk): Promise<Response> {
  const { call, personId, by, way } = desk
  const phone = await numberOf(desk)
  if (!phone) return desk.again([fault('numbers', 'phone-not-theirs')])
  if (way === 'portal' && (!phone.verified || phone.shared))
    return desk.again([fault('numbers', 'phone-unproven')])
  const { crypto } = call.house
  return act(desk, { said: 'chosen', field: 'numbers', to: phone.national }, tx =>
    carryWishes(tx, crypto, { personId, way }, by, async () => {
      const before = (await phonesOf(tx, crypto, personId)).find(each => each.primary)
      await choosePhone(tx, crypto, personId, phone.e164, by)
      if (before && before.e164 !== phone.e164 && !before.asleepAt)
        await tellOfMove(tx, call.house, personId, before.e164)
    }),
  )
}

async function end(desk: ContactDesk): Promise<Response> {
  const phone = await numberOf(desk)
  if (!phone) return desk.again([fault('numbers', 'phone-not-theirs')])
  const { call, personId, by, way } = desk
  return act(desk, { said: 'ended', field: 'numbers', to: phone.national }, async tx => {
    await endPhone(tx, call.house.crypto, personId, phone.e164, by)
    // Whoever took over a log-in would else have the next number chosen without a word to this one.
    if (way === 'portal' && phone.primary && !phone.asleepAt)
      await tellOfMove(tx, call.house, personId, phone.e164)
  })
}

async function channels(desk: ContactDesk): Promise<Response> {
  const { call, personId } = desk
  const chosen = contactChannels.find(each => each === typedText(call, 'channels'))
  if (!chosen) return desk.again([fault('channels', 'required')])
  const { crypto } = call.house
  const known = await read(call, tx => emailOf(tx, crypto, personId))
  if (chosen === 'sms+email' && !known?.verified) return desk.again([fault('channels', 'email-first')])
  return act(desk, { said: 'channel-saved', field: 'channels' }, tx =>
    preferChannels(tx, personId, chosen, desk.by),
  )
}

function chooseKinds(desk: ContactDesk): Promise<Response> {
  const wanted = new Set(typedList(desk.call, 'kinds'))
  const kinds = optionalKinds.filter(kind => !wanted.has(kind))
  return act(desk, { said: 'kinds-saved', field: 'kinds' }, tx =>
    leaveOut(tx, desk.call.house.crypto, { personId: desk.personId, kinds, way: desk.way }, desk.by),
  )
}

function dropEmail(desk: ContactDesk): Promise<Response> {
  return act(desk, { said: 'email-ended', field: 'email' }, async tx => {
    const { channels: before } = await reachOfPerson(tx, desk.personId)
    await endEmail(tx, desk.call.house.crypto, desk.personId, desk.by)
    if (before === 'sms+email') await preferChannels(tx, desk.personId, 'sms', desk.by)
  })
}
