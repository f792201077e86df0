import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { BadRequest, Conflict, type Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import type { Write } from '../../../platform/database/index.ts'
import { aside, type Call, idParam, read, typedText, url } from '../../../web/call.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { record } from '../../audit/index.ts'
import { lookRules } from '../../looks/index.ts'
import { getPerson, localPath, provenPhone, sendLogInCode, takeLogInCode } from '../../people/index.ts'
import { currentVisit } from '../../visits/index.ts'
import { byOf, clerkOf } from '../clerk.ts'
import { beginClaimed } from './claim.ts'
import { PresencePage } from './page.tsx'
import { presenceText } from './strings.ts'

const proved = 'counter.presence-proved'

/** Whoever stands at the window shows by their telephone that it is them. */
export const presenceRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterPresence,
    access: staff('visit.call'),
    audit: nothing('asks for a code, and shows nothing of anybody'),
    async handle(call) {
      await isThere(call)
      return show(call, call.query.code ?? '')
    },
  }),
  route({
    method: 'post',
    address: addresses.counterPresence,
    access: staff('visit.call'),
    audit: acts(proved),
    async handle(call: Call) {
      await isThere(call)
      return (await standsAgainst(call)) ?? (typedText(call, 'do') === 'check' ? check(call) : send(call))
    },
  }),
]

/**
 * Whether there is such a person in this town; nothing of them is shown. Asked as an act is, since whom a clerk may act for is not known yet.
 * @throws NotFound
 */
async function isThere(call: Call): Promise<void> {
  await aside(call, tx => getPerson(tx, idParam(call, 'person')))
}

function show(call: Call, codeId: string, faults: Fault[] = []): Promise<Response> | Response {
  const personId = idParam(call, 'person')
  const view = { personId, codeId, back: call.town.prefix + backOf(call, personId), faults }
  return showPage(call, <PresencePage view={view} />, faults.length > 0 ? 422 : 200)
}

/** The page that was asked for; the person's own where none was said. */
function backOf(call: Call, person: string): string {
  const { prefix } = call.town
  const said = typedText(call, 'back') || (call.query.back ?? '')
  const within = prefix !== '' && said.startsWith(prefix) ? said.slice(prefix.length) : said
  return localPath(within) ?? fillAddress(addresses.counterPerson, { person })
}

/** A code opens a file where the town has it so, and never on the visit of somebody else: else that visit would say what was not. */
async function standsAgainst(call: Call): Promise<Response | undefined> {
  const personId = idParam(call, 'person')
  const { presence, visit } = await read(call, async tx => ({
    presence: (await lookRules(tx)).presence,
    visit: await currentVisit(tx, clerkOf(call).staffId),
  }))
  const other = visit?.personId !== undefined && visit.personId !== personId
  if (presence === 'code' && !other) return undefined
  flash(call, { text: presenceText(call.locale, other ? 'another-served' : 'not-by-code'), tone: 'sumac' })
  return redirect(call.town.prefix + backOf(call, personId))
}

/** Sends a code to the proven telephone of whoever it is. The answer does not say whether there is one. */
async function send(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const back = backOf(call, personId)
  try {
    const codeId = await aside(call, async tx => {
      await getPerson(tx, personId)
      const to = await provenPhone(tx, call.house, personId)
      return sendLogInCode(tx, call.house, { purpose: 'presence', personId, to, by: byOf(call) })
    })
    flash(call, { text: presenceText(call.locale, 'sent') })
    return redirect(url(call, addresses.counterPresence, { person: personId }, { code: codeId, back }))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    flash(call, { text: presenceText(call.locale, 'too-many'), tone: 'sumac' })
    return redirect(call.town.prefix + back)
  }
}

async function check(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const codeId = typedText(call, 'code_id')
  if (!isId(codeId)) throw new BadRequest('bad-form')
  const tried = await aside(call, async tx => {
    const asked = { codeId, purpose: 'presence', typed: typedText(call, 'code') } as const
    const done = await takeLogInCode(tx, call.house, asked)
    if (!done.ok) return done
    if (done.taken.personId !== personId) return { ok: false, code: 'code-expired' } as const
    await begin(tx, call, personId)
    return done
  })
  if (!tried.ok) return show(call, codeId, [{ field: 'code', code: tried.code }])
  flash(call, { text: presenceText(call.locale, 'proved'), tone: 'olive' })
  return redirect(call.town.prefix + backOf(call, personId))
}

async function begin(tx: Write, call: Call, personId: string): Promise<void> {
  await beginClaimed(tx, call, personId, 'code')
  await record(tx, {
    actor: byOf(call),
    act: proved,
    subjectKind: 'person',
    subjectId: personId,
    personId,
    cause: presenceText('ar', 'proved'),
  })
}
