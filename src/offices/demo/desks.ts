import { sql } from 'kysely'
import { addDays, dateIn } from '../../lib/calendar.ts'
import { DomainError } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { enterAbsence } from '../people/index.ts'
import { addNote, addPhrase, getRequest, papersOf, performAct, writeLetter } from '../requests/index.ts'
import { at, type Stage, type Worker } from './stage.ts'

const minute = 60_000
const hour = 60 * minute
/** Tasks a piece of work is tried on before it is left. */
const mostTries = 4

/** Phrases a department has at hand, and those somebody wrote for themselves. */
const phrases: readonly { login: string; office?: string; text: string }[] = [
  { login: 'electric-head', office: 'electricity', text: 'لا مانع فنيًا من الطلب {الرقم}.' },
  {
    login: 'electric-head',
    office: 'electricity',
    text: 'كُشف على الموقع بتاريخ {اليوم}، ولا تعدّيات على الشبكة.',
  },
  {
    login: 'planning-head',
    office: 'planning',
    text: 'الموقع داخل المخطط الهيكلي، ولا يتعارض مع الشوارع المقررة.',
  },
  { login: 'nader', text: 'راجعت {الاسم} بالهاتف، وسيكون في الموقع وقت الكشف.' },
  { login: 'nader', text: 'يُركّب العداد بعد دفع الرسوم.' },
]

const letters = [
  ['هل العداد لبيتك أم للمحل تحته؟', 'لبيتي في الطابق الأول، والمحل له عداد.'],
  ['متى تكون في الموقع للكشف؟', 'كل يوم بعد الثانية ظهرًا.'],
  ['أرسل لنا رقم قطعة الجار الذي يمر الكابل من أرضه.', undefined],
] as const
const notes = [
  'الاسم هنا يخالف الهوية: الجد مكتوب بلا همزة.',
  'الختم قديم، لكن التاريخ ضمن السنة.',
  'رقم القطعة بخط اليد. طابقته مع المخطط.',
] as const

type OpenTask = {
  task_id: string
  request_id: string
  office_code: string
  role: string
  assignee: string | null
  has_papers: boolean
}

/** What lies on officers' desks besides the tasks: phrases, somebody away, opinions asked on, letters, notes on pages, a task put off. */
export async function fillDesks(tx: Write, stage: Stage, until: Date): Promise<void> {
  const now = at(tx, until)
  for (const { login, office, text } of phrases) {
    const worker = stage.staff.find(each => each.login === login)
    if (!worker) continue
    const owner = office
      ? { owner: office, ownerKind: 'office' as const }
      : { owner: worker.id, ownerKind: 'staff' as const }
    await addPhrase(now, { ...owner, text }, { kind: 'staff', id: worker.id, office: worker.office })
  }
  await sendAway(now, stage, until)
  const tasks = await openTasks(now, until)
  let moment = until.getTime() - 50 * minute
  for (const [place, { work, fits }] of works.entries()) {
    moment += 3 * minute
    for (const task of tasks.filter(fits).slice(0, mostTries)) {
      const worker = workerOf(stage, task)
      if (!worker) continue
      tasks.splice(tasks.indexOf(task), 1)
      try {
        await work(at(tx, new Date(moment)), stage, { task, worker, place })
        break
      } catch (error) {
        // A step that leaves no room for it: the next one may.
        if (!(error instanceof DomainError)) throw error
      }
    }
  }
}

/** Tasks of the two departments that have lain a while, so that what is done now comes after what was done. */
async function openTasks(tx: Write, until: Date): Promise<OpenTask[]> {
  const { rows } = await sql<OpenTask>`
    select t.task_id, t.request_id, t.office_code, t.role, t.assignee,
           exists (select 1 from request_paper p where p.municipality_id = t.municipality_id and p.request_id = t.request_id) as has_papers
      from task t
     where t.municipality_id = ${tx.town} and t.closed_at is null and t.state = 'open' and t.purpose = 'step'
       and t.office_code = any(${['electricity', 'planning', 'water', 'service-centre']}) and t.opened_at < ${new Date(until.getTime() - 2 * hour)}
     order by (t.office_code = 'electricity') desc, t.task_id desc limit 60`.execute(tx.q)
  return rows
}

const workerOf = ({ staff }: Stage, { assignee, office_code, role }: OpenTask): Worker | undefined =>
  staff.find(each => each.id === assignee) ??
  staff.find(each => each.office === office_code && each.role === role)

/** One of the electricity officers is on leave, and a colleague stands in. */
async function sendAway(tx: Write, { staff, town }: Stage, until: Date): Promise<void> {
  const nader = staff.find(({ login }) => login === 'nader')
  const away = staff.find(
    ({ office, role, login }) => office === 'electricity' && role === 'officer' && login !== 'nader',
  )
  if (!nader || !away) return
  const today = dateIn(until, town.timeZone)
  const absence = { staffId: away.id, deputyId: nader.id, from: today, until: addDays(today, 5) }
  await enterAbsence(
    tx,
    { ...absence, reason: 'إجازة سنوية' },
    { kind: 'staff', id: away.id, office: away.office },
  )
}

type Work = { task: OpenTask; worker: Worker; place: number }

/** An opinion, with a copy to the legal adviser; whoever was asked asks on. */
async function askAround(tx: Write, stage: Stage, { task, worker, place }: Work): Promise<void> {
  const office = task.office_code === 'planning' ? 'electricity' : 'planning'
  const asked = stage.staff.find(each => each.office === office && each.role === 'officer')
  if (!asked) return
  const by = addDays(dateIn(tx.now, stage.town.timeZone), 3)
  const { request } = await performAct(tx, stage, {
    requestId: task.request_id,
    name: 'refer',
    actor: worker.actor,
    taskId: task.task_id,
    note: 'هل الموقع مطابق للمخطط الهيكلي؟',
    data: {
      to: { office, staffId: asked.id, purpose: 'opinion', by },
      copies: [{ office: 'legal' }],
    },
  })
  if (place > 0) return
  const opinion = request.projection.tasks.find(
    each => each.parent === task.task_id && each.purpose === 'opinion',
  )
  await performAct(at(tx, new Date(tx.now.getTime() + minute)), stage, {
    requestId: task.request_id,
    name: 'refer',
    actor: asked.actor,
    taskId: opinion?.id,
    note: 'نرجو تصوير المخطط المصدّق من الأرشيف.',
    data: { to: { office: 'archive', purpose: 'opinion' } },
  })
}

/** A question to the applicant, and mostly an answer nobody has read yet. */
async function converse(tx: Write, stage: Stage, { task, worker, place }: Work): Promise<void> {
  const request = await getRequest(tx, task.request_id)
  const [question, answer] = letters[Math.floor(place / 2) % letters.length] ?? letters[0]
  await writeLetter(tx, stage, request, worker.actor, { text: question })
  if (!answer) return
  const later = at(tx, new Date(tx.now.getTime() + 2 * minute))
  const applicant = { kind: 'citizen', personId: request.applicantId, level: 'verified' } as const
  await writeLetter(later, stage, request, applicant, { text: answer })
}

async function note(tx: Write, _stage: Stage, { task, worker, place }: Work): Promise<void> {
  const [paper] = await papersOf(tx, task.request_id)
  if (!paper) return
  await addNote(
    tx,
    task.request_id,
    {
      documentId: paper.documentId,
      page: 1,
      x: 620 - place * 30,
      y: 260 + place * 40,
      text: notes[Math.floor(place / 3) % notes.length] ?? notes[0],
      by: { id: worker.id, office: task.office_code },
    },
    paper.pages ?? 1,
  )
}

async function putOff(tx: Write, stage: Stage, { task, worker }: Work): Promise<void> {
  await performAct(tx, stage, {
    requestId: task.request_id,
    name: 'defer',
    actor: worker.actor,
    taskId: task.task_id,
    note: 'الطقس لا يسمح بالصعود إلى العمود.',
    data: { until: new Date(tx.now.getTime() + 2 * 24 * hour) },
  })
}

const technical = ({ office_code, has_papers }: OpenTask) => office_code !== 'service-centre' && has_papers
const withPapers = ({ has_papers }: OpenTask) => has_papers
const any = () => true

/** What is done on the desks, each to the first task it fits. */
const works: readonly {
  work: (tx: Write, stage: Stage, of: Work) => Promise<void>
  fits: (task: OpenTask) => boolean
}[] = [
  { work: askAround, fits: technical },
  { work: note, fits: technical },
  { work: askAround, fits: technical },
  { work: converse, fits: technical },
  { work: note, fits: withPapers },
  { work: converse, fits: any },
  { work: putOff, fits: technical },
  { work: converse, fits: any },
  { work: note, fits: withPapers },
]
