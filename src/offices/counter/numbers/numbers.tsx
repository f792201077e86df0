import { addresses } from '../../../lib/addresses.ts'
import { BadRequest, type Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { type Call, idParam, read, typedText, url } from '../../../web/call.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import { contactOf, contactStep } from '../../messaging/index.ts'
import { getPerson, phoneQuestionsOf, survivorOf } from '../../people/index.ts'
import { counterText } from '../strings.ts'
import { clerkSteps, deskOf } from './acts.ts'
import { askRoutes } from './ask.tsx'
import { NumbersPage } from './page.tsx'

/** Everything about how somebody is reached, at the window. */
export const numberRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterNumbers,
    access: staff('person.register'),
    audit: looks('counter.numbers-opened'),
    handle: call => show(call, []),
  }),
  route({
    method: 'post',
    address: addresses.counterNumbers,
    access: staff('person.register'),
    audit: acts('people.contact-changed'),
    handle: async call => {
      const name = typedText(call, 'do')
      const step = Object.hasOwn(clerkSteps, name) ? clerkSteps[name] : contactStep(name)
      if (!step) throw new BadRequest('bad-form')
      await read(call, tx => getPerson(tx, idParam(call, 'person')))
      return step(deskOf(call, faults => show(call, faults)))
    },
  }),
  ...askRoutes,
]

async function show(call: Call, faults: Fault[]): Promise<Response> {
  const personId = idParam(call, 'person')
  const asked = typedText(call, 'id') || (call.query.code ?? '')
  const page = await read(call, async tx => {
    const survivor = await survivorOf(tx, personId)
    if (survivor !== personId) return survivor
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    await lookInto(call, tx, { ...seen, cause: counterText('ar', 'cause-visit') })
    return {
      person: await getPerson(tx, personId),
      view: await contactOf(tx, call, personId, isId(asked) ? asked : undefined),
      questions: await phoneQuestionsOf(tx, call.house.crypto, personId),
    }
  })
  if (typeof page === 'string') return redirect(url(call, addresses.counterNumbers, { person: page }))
  const part = {
    view: page.view,
    faults,
    action: url(call, addresses.counterNumbers, { person: personId }),
    typed: (name: string) => typedText(call, name),
    consents: url(call, addresses.counterConsents, { person: personId }),
  }
  return showPage(
    call,
    <NumbersPage {...part} person={page.person} questions={page.questions} />,
    faults.length > 0 ? 422 : 200,
  )
}
