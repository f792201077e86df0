import { sql } from 'kysely'
import { addresses } from '../../../lib/addresses.ts'
import { Conflict, type Fault, InvalidInput } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { translate } from '../../../lib/texts.ts'
import type { Read } from '../../../platform/database/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import {
  type FoundPerson,
  findPeople,
  type MergeObstacle,
  mergePeople,
  survivorOf,
  unmergePeople,
} from '../../people/index.ts'
import { requestsOfPerson } from '../../requests/index.ts'
import { type Standing, standingOf } from '../case/open.ts'
import { byOf } from '../clerk.ts'
import { counterText } from '../strings.ts'
import { MergePage } from './merge-page.tsx'
import { peopleTexts } from './strings.ts'

export const mergeRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterMerge,
    access: staff('person.merge'),
    audit: looks('counter.person-opened'),
    handle: call => show(call),
  }),
  route({
    method: 'post',
    address: addresses.counterMerge,
    access: staff('person.merge'),
    audit: acts('people.merged'),
    handle: merge,
  }),
  route({
    method: 'post',
    address: addresses.counterUnmerge,
    access: staff('person.merge'),
    audit: acts('people.unmerged'),
    handle: unmerge,
  }),
]

/** Refusals this page words. */
const refusals = [
  'already-merged',
  'merge-into-merged',
  'merge-with-itself',
  'merge-kinds-differ',
  'merge-loses-number',
] as const
export type MergeRefusal = (typeof refusals)[number]

/** One of the two records side by side. */
export type Side = Standing & { requests: number; hasLogIn: boolean }

export type MergeView = {
  here: Side
  there: Side | undefined
  text: string
  found: FoundPerson[] | undefined
  obstacles: MergeObstacle[]
  stays: string
  reason: string
  faults: Fault[]
  refusal: MergeRefusal | undefined
}

type Again = { faults?: Fault[]; refusal?: MergeRefusal }

async function show(call: Call, again: Again = {}, status = 200): Promise<Response> {
  const personId = idParam(call, 'person')
  const other = typedText(call, 'with') || (call.query.with ?? '')
  const text = (call.query.q ?? '').trim().slice(0, 120)
  const view = await read(call, async (tx): Promise<MergeView | string> => {
    const survivor = await survivorOf(tx, personId)
    if (survivor !== personId) return survivor
    const cause = counterText('ar', 'cause-merge')
    // Two records of one person are told apart by looking at both: one ground holds for the other.
    const first = await lookInto(call, tx, { personId, subjectKind: 'person', subjectId: personId, cause })
    const second = { personId: other, subjectKind: 'person', subjectId: other, cause: first?.words ?? cause }
    if (isId(other) && other !== personId)
      await lookInto(call, tx, second, first && { ...first, kind: 'task' })
    const here = await sideOf(tx, call, personId)
    const there = isId(other) && other !== personId ? await sideOf(tx, call, other) : undefined
    const found = text === '' ? undefined : await findPeople(tx, call.house.crypto, text)
    return {
      here,
      there,
      text,
      found: found?.people.filter(({ id }) => id !== personId),
      obstacles: there ? obstaclesOf(here, there) : [],
      stays: typedText(call, 'stays') || usuallyStays(here, there),
      reason: typedText(call, 'reason'),
      faults: again.faults ?? [],
      refusal: again.refusal,
    }
  })
  if (typeof view === 'string') return redirect(url(call, addresses.counterMerge, { person: view }))
  return showPage(call, <MergePage view={view} />, status)
}

async function sideOf(tx: Read, call: Call, personId: string): Promise<Side> {
  const { rows } = await sql`select 1 from citizen_login
    where municipality_id = ${tx.town} and person_id = ${personId}`.execute(tx.q)
  return {
    ...(await standingOf(tx, call, personId)),
    requests: (await requestsOfPerson(tx, personId, 100)).length,
    hasLogIn: rows.length > 0,
  }
}

const obstaclesOf = (here: Side, there: Side): MergeObstacle[] => [
  ...(here.hasLogIn && there.hasLogIn ? (['two-log-ins'] as const) : []),
  ...(here.idNumber && there.idNumber ? (['two-numbers'] as const) : []),
]

/** The record with the number stays, and of two alike the older one. */
function usuallyStays(here: Side, there: Side | undefined): string {
  if (!there) return here.person.id
  if (!here.idNumber !== !there.idNumber) return here.idNumber ? here.person.id : there.person.id
  return here.person.registeredAt <= there.person.registeredAt ? here.person.id : there.person.id
}

async function merge(call: Call): Promise<Response> {
  const pair = [idParam(call, 'person'), typedText(call, 'with')]
  const intoId = typedText(call, 'stays')
  const [mergedId] = pair.filter(id => id !== intoId)
  const reason = typedText(call, 'reason')
  if (!pair.includes(intoId) || !mergedId || !isId(mergedId) || !isId(intoId))
    return show(call, { faults: [{ field: 'stays', code: 'required' }] }, 422)
  const despite = typedText(call, 'despite') === 'yes'
  try {
    const answer = await write(call, async tx => {
      await mergePeople(tx, { mergedId, intoId, reason, despite }, byOf(call))
      return { redirect: url(call, addresses.counterPerson, { person: intoId }) }
    })
    flash(call, { text: translate(peopleTexts, call.locale, 'merged') })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return show(call, { faults: [...error.faults] }, 422)
    if (!(error instanceof Conflict)) throw error
    if (error.code === 'merge-needs-despite')
      return show(call, { faults: [{ field: 'despite', code: 'check-confirm' }] }, 422)
    const refusal = refusals.find(code => code === error.code)
    if (!refusal) throw error
    return show(call, { refusal }, 409)
  }
}

async function unmerge(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const reason = typedText(call, `reason.${personId}`)
  const into = await read(call, tx => survivorOf(tx, personId))
  const back = url(call, addresses.counterRecord, { person: into })
  if (reason.trim() === '') {
    const text = translate(peopleTexts, call.locale, 'unmerge-reason')
    flash(call, { text, tone: 'sumac' })
    return redirect(`${back}#merged`)
  }
  const answer = await write(call, async tx => {
    await unmergePeople(tx, { personId, reason }, byOf(call))
    return { redirect: url(call, addresses.counterPerson, { person: personId }) }
  })
  flash(call, { text: translate(peopleTexts, call.locale, 'unmerged') })
  return answer
}
