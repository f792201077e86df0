import { sql } from 'kysely'
import type { ActName } from '../../../../kernel/definition/index.ts'
import type { ActData } from '../../../../kernel/workflow/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { BadRequest, Conflict, type Fault, NotFound } from '../../../../lib/errors.ts'
import { isId } from '../../../../lib/ids.ts'
import type { Read } from '../../../../platform/database/transaction.ts'
import { type Call, read, typedList, typedText, url, write } from '../../../../web/call.ts'
import { redirect, showPage } from '../../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../../web/route.ts'
import { requestVisible } from '../../access.ts'
import { performAct } from '../../actions.ts'
import { requestNumber } from '../../model.ts'
import { standingOf, type ToAct } from '../request/load.ts'
import { field, readAct } from '../request/read-act.ts'
import { holdToAct } from '../request/to-act.ts'
import { staffText } from '../strings.ts'
import { filterOf, showInbox } from './page.tsx'
import { type BulkLine, BulkReport } from './report.tsx'

/** What can be done to several tasks at once. Approving only where the service says that the step may be approved unseen. */
const bulkActs = ['take', 'refer', 'defer', 'approve'] as const
type BulkAct = (typeof bulkActs)[number]

/** More than a page of them is no longer looked at one by one. */
const mostAtOnce = 50

/** One act on several tasks: each in a transaction of its own, and a plain report of which went and which did not, and why. */
export const bulkRoute: Route = route({
  method: 'post',
  address: addresses.officeBulk,
  access: staff('request.act', 'request.read'),
  audit: acts('request.act'),
  handle: async call => {
    const name = bulkActs.find(each => each === typedText(call, 'act'))
    if (!name) throw new BadRequest('bad-act')
    const ids = [...new Set(typedList(call, 'task'))].filter(isId).slice(0, mostAtOnce)
    const found = await read(call, tx => tasksToDo(tx, call, ids))
    const faults = [
      ...(found.length === 0 ? [{ field: 'task', code: 'nothing-chosen' }] : []),
      ...(await read(call, tx => wrongWords(tx, call, name, found))),
    ]
    if (faults.length > 0) {
      const asked = (key: string) => typedText(call, key) || undefined
      const filter = filterOf({ box: asked('box'), service: asked('service'), when: asked('when') })
      return showInbox(call, filter, { typed: call.typed, faults })
    }
    const lines: BulkLine[] = []
    for (const each of found) lines.push({ ...each, refusal: await doOne(call, name, each) })
    return showPage(
      call,
      <BulkReport
        title={staffText(call.locale, `bulk-title-${name}`)}
        lines={lines}
        box={typedText(call, 'box')}
      />,
    )
  },
})

/** The report has the form's address; reloaded or come back to, it leads to the inbox. */
export const bulkAgain: Route = route({
  method: 'get',
  address: addresses.officeBulk,
  access: staff('request.act', 'request.read'),
  audit: nothing('leads on to the inbox'),
  handle: call => redirect(url(call, addresses.inbox)),
})

type ToDo = Omit<BulkLine, 'refusal'>

/** The ticked tasks that this person may act on, in the order they were ticked. */
async function tasksToDo(tx: Read, call: Call, ids: readonly string[]): Promise<ToDo[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{
    task_id: string
    request_id: string
    number: number
    year: number
    person: string
  }>`
    select t.task_id, r.request_id, r.number, r.year, s.display_name as person
      from task t
      join request r on r.municipality_id = t.municipality_id and r.request_id = t.request_id
      join person s on s.municipality_id = r.municipality_id and s.person_id = r.applicant_id
     where t.municipality_id = ${tx.town} and t.task_id = any(${[...ids]}::uuid[])
       and ${requestVisible(call.visitor.actor, 'request.act')}`.execute(tx.q)
  const lines = rows.map(row => ({
    taskId: row.task_id,
    requestId: row.request_id,
    number: requestNumber(row),
    person: row.person,
  }))
  return ids.flatMap(id => lines.find(({ taskId }) => taskId === id) ?? [])
}

/** What is wrong with the words and the day, whichever task they are for: nothing is done before they are right. */
async function wrongWords(tx: Read, call: Call, name: BulkAct, [first]: ToDo[]): Promise<Fault[]> {
  if (name === 'take' || name === 'approve' || !first) return []
  const standing = await standingOf(tx, call, first.requestId, first.taskId)
  return wordsFor(call, name, standing, tx.now).faults
}

function wordsFor(
  { typed, town, locale }: Call,
  name: BulkAct,
  standing: ToAct,
  now: Date,
): { faults: Fault[]; note: string | undefined; data: ActData } {
  if (name === 'take' || name === 'approve') return { faults: [], note: undefined, data: {} }
  const of = { standing, now, town, locale }
  if (name === 'refer') return readAct('refer', { ...of, typed: { ...typed, [field.purpose]: 'opinion' } })
  return readAct('defer', {
    ...of,
    typed: { ...typed, [field.when]: 'other', [field.note]: typed.reason ?? '' },
  })
}

/** Does it to one; undefined when it is done, else the code of why not. Sent again, what is done stays done once. */
async function doOne(call: Call, name: BulkAct, { requestId, taskId }: ToDo): Promise<string | undefined> {
  const key = typedText(call, '_key')
  const own: Call = {
    ...call,
    typed: { ...call.typed, task: taskId, ...(key && { _key: `${key}-${taskId}` }) },
  }
  try {
    await write(own, async tx => {
      const standing = await holdToAct(tx, own, requestId, taskId)
      if (name === 'approve' && !isSafe(standing, taskId)) throw new Conflict('not-in-bulk')
      const { faults, note, data } = wordsFor(call, name, standing, tx.now)
      const [fault] = faults
      if (fault) throw new Conflict(fault.code)
      const act: ActName = name
      const input = { requestId, name: act, actor: call.visitor.actor, taskId, note, data }
      await performAct(tx, call, input, standing)
      return { json: { done: true }, status: 200 }
    })
    return undefined
  } catch (error) {
    if (error instanceof Conflict || error instanceof NotFound) return error.code
    throw error
  }
}

function isSafe({ request, service }: ToAct, taskId: string): boolean {
  const task = request.projection.tasks.find(({ id }) => id === taskId)
  const step = service.definition.steps.find(({ id }) => id === task?.step)
  return task?.purpose === 'step' && step?.bulk === true
}
