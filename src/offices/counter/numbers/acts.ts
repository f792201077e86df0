import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import { formatPhone } from '../../../lib/phone.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type Call, idParam, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { type ContactDesk, carryWishes, labelOf, numberOf, readMobile } from '../../messaging/index.ts'
import { addPhone, describePhone, verifyPhone } from '../../people/index.ts'
import { byOf } from '../clerk.ts'
import { hang } from '../visit/hang.ts'
import { numberText } from './strings.ts'

type Step = (desk: ContactDesk) => Promise<Response>

/** What the clerk does besides what people do themselves: enters a number, and holds it for proven by the card before them. */
export const clerkSteps: Record<string, Step> = { add, seen, describe }

const ticked = (call: Call, name: string) => typedText(call, name) === 'yes'

/** The page of somebody's numbers, as the steps need it. */
export function deskOf(call: Call, again: (faults: Fault[]) => Promise<Response>): ContactDesk {
  const personId = idParam(call, 'person')
  return {
    call,
    personId,
    by: byOf(call),
    way: 'counter',
    again,
    here: query => url(call, addresses.counterNumbers, { person: personId }, query),
    also: tx => hang(tx, call, 'phone.changed', { personId }),
  }
}

async function keep(
  desk: ContactDesk,
  said: 'added' | 'verified' | 'described',
  e164: string,
  work: (tx: Write) => Promise<unknown>,
): Promise<Response> {
  const answer = await write(desk.call, async tx => {
    await work(tx)
    await desk.also?.(tx)
    return { redirect: desk.here() }
  })
  flash(desk.call, { text: numberText(desk.call.locale, said, { number: formatPhone(e164) }), tone: 'olive' })
  return answer
}

/** Enters a number as it is said; with the card and the number before the clerk it is proven. */
async function add(desk: ContactDesk): Promise<Response> {
  const { call, personId, by } = desk
  const read = readMobile(typedText(call, 'phone'))
  if (!read.ok) return desk.again([{ field: 'phone', code: read.code }])
  const { crypto } = call.house
  const { e164 } = read
  return keep(desk, 'added', e164, tx =>
    carryWishes(tx, crypto, { personId, way: 'counter' }, by, async () => {
      const how = { shared: ticked(call, 'shared'), primary: ticked(call, 'primary'), label: labelOf(call) }
      await addPhone(tx, crypto, personId, { e164, ...how }, by)
      if (ticked(call, 'proven')) await verifyPhone(tx, crypto, personId, e164, by, 'counter')
    }),
  )
}

async function seen(desk: ContactDesk): Promise<Response> {
  const { call, personId, by } = desk
  const phone = await numberOf(desk)
  if (!phone) return desk.again([{ field: 'numbers', code: 'phone-not-theirs' }])
  if (!ticked(call, `seen-${phone.key}`))
    return desk.again([{ field: `seen-${phone.key}`, code: 'identity-unseen' }])
  return keep(desk, 'verified', phone.e164, tx =>
    verifyPhone(tx, call.house.crypto, personId, phone.e164, by, 'counter'),
  )
}

async function describe(desk: ContactDesk): Promise<Response> {
  const { call, personId, by } = desk
  const phone = await numberOf(desk)
  if (!phone) return desk.again([{ field: 'numbers', code: 'phone-not-theirs' }])
  const { e164, key } = phone
  const how = { e164, label: labelOf(call, `label-${key}`), shared: ticked(call, `shared-${key}`) }
  return keep(desk, 'described', e164, tx => describePhone(tx, call.house.crypto, personId, how, by))
}
