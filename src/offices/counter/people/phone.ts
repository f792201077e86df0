import { addresses } from '../../../lib/addresses.ts'
import { parsePhone } from '../../../lib/phone.ts'
import { type Call, idParam, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { acts, type Route, route, staff } from '../../../web/route.ts'
import { carryWishes } from '../../messaging/index.ts'
import { answerAboutPhone, changePhone, getPerson, phonesOf, phoneToAsk } from '../../people/index.ts'
import { byOf } from '../clerk.ts'
import { counterText } from '../strings.ts'
import { hang } from '../visit/hang.ts'
import { showPerson } from './person.tsx'

export const phoneRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.counterPhone,
    access: staff('person.register'),
    audit: acts('people.phone-added'),
    handle: savePhone,
  }),
]

/** The telephone messages go to from now on; the one before is no longer used. */
async function savePhone(call: Call): Promise<Response> {
  const read = parsePhone(typedText(call, 'phone'))
  const code = !read.ok ? read.code : read.value.kind === 'fixed' ? 'phone-not-mobile' : undefined
  if (!read.ok || code) return showPerson(call, [{ field: 'phone', code: code ?? 'phone-malformed' }], 422)
  const { e164 } = read.value
  const personId = idParam(call, 'person')
  const answer = await write(call, async tx => {
    const person = await getPerson(tx, personId)
    const shared = typedText(call, 'shared') === 'yes'
    const { crypto } = call.house
    const by = byOf(call)
    const asked = await phoneToAsk(tx, person.id, await phonesOf(tx, crypto, person.id))
    if (asked?.primary && asked.e164 !== e164)
      await answerAboutPhone(tx, crypto, { personId, e164: asked.e164, answer: 'changed' }, by)
    await carryWishes(tx, crypto, { personId: person.id, way: 'counter' }, by, () =>
      changePhone(tx, crypto, person.id, { e164, shared }, by),
    )
    await hang(tx, call, 'phone.changed', { personId: person.id })
    return { redirect: url(call, addresses.counterPerson, { person: person.id }) }
  })
  flash(call, { text: counterText(call.locale, 'phone-saved') })
  return answer
}
