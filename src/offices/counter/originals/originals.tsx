import { addresses } from '../../../lib/addresses.ts'
import { oneLine } from '../../../lib/arabic.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { translate } from '../../../lib/texts.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import { getPerson, type Person } from '../../people/index.ts'
import type { Request } from '../../requests/index.ts'
import { byOf, clerkOf } from '../clerk.ts'
import { visibleRequest } from '../store.ts'
import { counterText } from '../strings.ts'
import { HeldPage, OriginalPage } from './pages.tsx'
import { getOriginal, giveOriginal, type Original, originalsHeld, takeOriginal } from './store.ts'
import { originalTexts } from './strings.ts'

export const originalRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterOriginals,
    access: staff('request.file'),
    audit: looks('counter.originals-listed'),
    handle: call => showHeld(call),
  }),
  route({
    method: 'post',
    address: addresses.counterOriginals,
    access: staff('request.file'),
    audit: acts('counter.original-taken'),
    handle: take,
  }),
  route({
    method: 'get',
    address: addresses.counterOriginal,
    access: staff('request.file'),
    audit: looks('counter.original-opened'),
    handle: call => showOne(call),
  }),
  route({
    method: 'post',
    address: addresses.counterOriginal,
    access: staff('request.file'),
    audit: acts('counter.original-given'),
    handle: give,
  }),
]

export type HeldView = {
  held: Original[]
  /** Whose original is being taken in, when the page was opened for somebody. */
  of: { person: Person; request: Request | undefined } | undefined
  typed: Record<'paper' | 'broughtBy' | 'place', string>
  faults: Fault[]
}

async function showHeld(call: Call, faults: Fault[] = [], status = 200): Promise<Response> {
  const personId = typedText(call, 'person') || (call.query.person ?? '')
  const requestId = typedText(call, 'request') || (call.query.request ?? '')
  const view = await read(call, async (tx): Promise<HeldView> => {
    const request = isId(requestId) ? await visibleRequest(tx, clerkOf(call), requestId) : undefined
    const whose = request?.applicantId ?? personId
    if (isId(whose)) {
      const seen = { personId: whose, subjectKind: 'person', subjectId: whose }
      await lookInto(call, tx, { ...seen, cause: counterText('ar', 'cause-visit') })
    }
    const person = isId(whose) ? await getPerson(tx, whose) : undefined
    return {
      held: await originalsHeld(tx),
      of: person && { person, request },
      typed: {
        paper: typedText(call, 'paper'),
        broughtBy: typedText(call, 'broughtBy') || (person?.displayName ?? ''),
        place: typedText(call, 'place'),
      },
      faults,
    }
  })
  return showPage(call, <HeldPage view={view} />, status)
}

const line = (call: Call, name: string): string => oneLine(typedText(call, name), 200)

async function take(call: Call): Promise<Response> {
  const [personId, requestId] = [typedText(call, 'person'), typedText(call, 'request')]
  const original = {
    personId,
    requestId: isId(requestId) ? requestId : undefined,
    paper: line(call, 'paper'),
    broughtBy: line(call, 'broughtBy'),
    place: line(call, 'place'),
  }
  const faults = (['paper', 'broughtBy', 'place'] as const)
    .filter(name => original[name] === '')
    .map((field): Fault => ({ field, code: 'required' }))
  if (faults.length > 0 || !isId(personId)) return showHeld(call, faults, 422)
  const answer = await write(call, async tx => {
    // Somebody of another town, or nobody, has brought nothing.
    await getPerson(tx, personId)
    if (original.requestId) await visibleRequest(tx, clerkOf(call), original.requestId)
    const id = await takeOriginal(tx, call.town, original, byOf(call))
    return { redirect: url(call, addresses.counterOriginal, { original: id }) }
  })
  flash(call, { text: translate(originalTexts, call.locale, 'was-taken') })
  return answer
}

export type OriginalView = { original: Original; faults: Fault[]; to: string; late: boolean }

async function showOne(
  call: Call,
  again: { faults?: Fault[]; late?: boolean } = {},
  status = 200,
): Promise<Response> {
  const original = await read(call, async tx => {
    const found = await getOriginal(tx, idParam(call, 'original'))
    const seen = { personId: found.personId, subjectKind: 'original', subjectId: found.id }
    await lookInto(call, tx, { ...seen, cause: counterText('ar', 'cause-visit') })
    return found
  })
  const to = typedText(call, 'to') || original.broughtBy
  const view: OriginalView = { original, to, faults: again.faults ?? [], late: again.late ?? false }
  return showPage(call, <OriginalPage view={view} />, status)
}

async function give(call: Call): Promise<Response> {
  const id = idParam(call, 'original')
  const to = line(call, 'to')
  if (to === '') return showOne(call, { faults: [{ field: 'to', code: 'required' }] }, 422)
  try {
    const answer = await write(call, async tx => {
      await giveOriginal(tx, { id, to }, byOf(call))
      return { redirect: url(call, addresses.counterOriginal, { original: id }) }
    })
    flash(call, { text: translate(originalTexts, call.locale, 'was-given') })
    return answer
  } catch (error) {
    if (!(error instanceof Conflict) || error.code !== 'original-given') throw error
    return showOne(call, { late: true }, 409)
  }
}
