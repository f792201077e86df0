import { sql } from 'kysely'
import { addresses } from '../../lib/addresses.ts'
import { NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { parsePhone } from '../../lib/phone.ts'
import { type Call, param, read, typedText, url, write } from '../../web/call.ts'
import { flash } from '../../web/page.tsx'
import { acts, everyone, type Route, route } from '../../web/route.ts'
import { indexPhone, openPhone } from '../people/index.ts'
import { refuseOutsideDemo, showPhones } from './demo.tsx'
import { receive } from './incoming/index.ts'
import { wording } from './words.ts'

const sending = {
  method: 'post',
  access: everyone('only in a demo town, whose people are invented', {
    house: 'a demo town shows the telephones of invented people',
  }),
  audit: acts('messaging.received'),
} as const

/** Any telephone of the demo town writes to the town. */
const sendFromNumber: Route = route({
  ...sending,
  address: addresses.demoPhones,
  handle: async call => {
    refuseOutsideDemo(call)
    const phone = parsePhone(typedText(call, 'number'))
    if (!phone.ok) return showPhones(call, [{ field: 'number', code: phone.code }], 422)
    return send(call, phone.value.e164)
  },
})

/** The telephone that is shown writes to the town. */
const sendFromPhone: Route = route({
  ...sending,
  address: addresses.demoPhone,
  handle: async call => {
    refuseOutsideDemo(call)
    const index = Buffer.from(param(call, 'number'), 'hex')
    const { rows } = await read(call, tx =>
      sql<{ to_sealed: Buffer }>`
        select to_sealed from message where municipality_id = ${tx.town} and to_index = ${index}
         order by planned_at desc limit 1`.execute(tx.q),
    )
    const [known] = rows
    if (!known) throw new NotFound('no-such-phone')
    return send(call, openPhone({ tx: { town: call.town.id }, crypto: call.house.crypto }, known.to_sealed))
  },
})

async function send(call: Call, from: string): Promise<Response> {
  const text = typedText(call, 'text').trim()
  const answer = await write(call, async tx => {
    const providerRef = newId(tx.now)
    const to = call.town.profile.phone
    if (text !== '')
      await receive(tx, call, { provider: 'simulator', providerRef, from, to, text, at: tx.now })
    const number = indexPhone({ tx, crypto: call.house.crypto }, from).toString('hex')
    return { redirect: url(call, addresses.demoPhone, { number }) }
  })
  if (text !== '') flash(call, { text: wording(call)('phone-sent') })
  return answer
}

export const demoSendRoutes: Route[] = [sendFromNumber, sendFromPhone]
