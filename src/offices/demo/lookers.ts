import { addresses } from '../../lib/addresses.ts'
import { addDays, dateIn } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { recordLooks } from '../audit/index.ts'
import { claimPresence, grantReason, settlePresences } from '../looks/index.ts'
import { answerQuestion, askWhyLooked, reviewPolicy, writePolicy } from '../oversight/index.ts'
import { enterMandate, offerMandate } from '../people/index.ts'
import { hangOn } from '../visits/index.ts'
import { policy } from './policy.ts'
import { at, type Person, type Stage, type Worker, workerAt } from './stage.ts'

const hour = 3_600_000
const day = 24 * hour

/** Files that were opened for a reason: whose, when, why, and what their person asked and was answered. */
const openings = [
  {
    whose: 0,
    office: 'service-centre',
    role: 'clerk',
    ago: 41,
    words: 'يسأل بالهاتف عن معاملة له',
    asked: 'لم أتصل بكم. من سأل عن معاملتي؟',
    answer: {
      found: 'justified',
      words: 'اتصل أخوك من رقمك المسجل عندنا وسأل عن موعد الكشف، ولم نعطه غير الموعد.',
    },
  },
  {
    whose: 1,
    office: 'finance',
    role: 'officer',
    ago: 12,
    words: 'تصحيح خطأ في سجله',
    asked: 'ما الخطأ الذي صححتموه؟ لم يتغير شيء.',
    answer: { found: 'unjustified', words: 'لم نجد خطأ صُحّح، ولا وجه لهذا الاطلاع. نُبّه الموظف كتابة.' },
  },
  {
    whose: 0,
    office: 'electricity',
    role: 'officer',
    ago: 3,
    words: 'كشف أو عمل ميداني عنده',
    asked: 'لم يأتِ أحد إلى بيتي هذا الأسبوع.',
  },
  { whose: 2, office: 'service-centre', role: 'clerk', ago: 1, words: 'حضر قريبه أو وكيله لمعاملة له' },
] as const

/**
 * Who looked, as the town shows it: files opened for a reason, asked about and answered; numbers typed at a window with nothing done; the
 * privacy policy the council adopted; mandates by a paper and on the portal. `people` are those with log-ins.
 */
export async function fillLooks(
  tx: Write,
  stage: Stage,
  people: readonly Person[],
  until: Date,
): Promise<void> {
  const ago = (ms: number) => at(tx, new Date(until.getTime() - ms))
  await adoptPolicy(stage, ago)
  for (const opening of openings) {
    const whose = people[opening.whose]
    if (whose) await openFile(stage, whose, opening, ago)
  }
  const adults = stage.people.filter(({ adult, idNumber }) => adult && idNumber !== undefined)
  const clerk = workerAt(stage, 'service-centre', 'clerk')
  for (const [place, person] of adults.slice(-6).entries())
    await typeNumber(ago((place + 2) * hour), clerk, person)
  await settlePresences(tx, { idleADay: 8 })
  await giveMandates(stage, people, ago)
}

type Ago = (ms: number) => Write
const by = ({ id, office }: Worker) => ({ kind: 'staff', id, office }) as const

async function adoptPolicy({ staff }: Stage, ago: Ago): Promise<void> {
  const of = (role: string) => staff.find(each => each.role === role)
  const [writer, reviewer] = [of('admin'), of('manager')]
  if (!writer || !reviewer) return
  const from = dateIn(ago(200 * day).now, 'Asia/Hebron')
  const version = await writePolicy(ago(207 * day), { ...policy, from }, by(writer))
  await reviewPolicy(ago(203 * day), { version, accept: true, note: '' }, by(reviewer))
}

async function openFile(
  stage: Stage,
  person: Person,
  opening: (typeof openings)[number],
  ago: Ago,
): Promise<void> {
  const { house, town, staff } = stage
  const looker = workerAt(stage, opening.office, opening.role)
  const then = ago(opening.ago * day + 2 * hour)
  const why = { reason: 'other', words: opening.words, address: addresses.inbox.pattern }
  await grantReason(then, house.events, { staffId: looker.id, personId: person.id, ...why }, by(looker))
  const seen = { personId: person.id, subjectKind: 'person', subjectId: person.id, cause: opening.words }
  const [auditId] = await recordLooks(then, by(looker), 'counter.person-opened', [
    { ...seen, by: { kind: 'reason' } },
  ])
  if (!('asked' in opening) || auditId === undefined) return
  const asked = { town, personId: person.id, auditId, words: opening.asked }
  const questionId = await askWhyLooked(ago(opening.ago * day - 5 * hour), asked)
  const supervisor = staff.find(each => each.role === 'supervisor')
  if ('answer' in opening && supervisor)
    await answerQuestion(
      ago((opening.ago - 4) * day),
      house,
      { questionId, ...opening.answer },
      by(supervisor),
    )
}

/** A number typed at a window where nobody was called, with nothing done for whoever it is of. */
async function typeNumber(
  tx: Write,
  { id: staffId, office }: Worker,
  { id: personId }: Person,
): Promise<void> {
  const visitId = await hangOn(tx, { staffId, act: 'person.identified', personId })
  await claimPresence(tx, { visitId, staffId, personId, office })
}

/** A sister by her power of attorney, and a neighbour who has not answered yet. */
async function giveMandates(
  stage: Stage,
  [first, second, third, fourth]: readonly Person[],
  ago: Ago,
): Promise<void> {
  if (!first || !second || !third || !fourth) return
  const { house } = stage
  const today = dateIn(ago(0).now, 'Asia/Hebron')
  const terms = { services: undefined, validFrom: addDays(today, -20), validUntil: addDays(today, 300) }
  const proof = { kind: 'power-of-attorney', number: '417/2026', issuer: 'كاتب العدل' }
  const clerk = workerAt(stage, 'service-centre', 'clerk')
  await enterMandate(
    ago(20 * day),
    house,
    { principalId: fourth.id, agentId: first.id, terms: { ...terms, acts: ['file', 'collect'] }, proof },
    by(clerk),
  )
  await offerMandate(
    ago(2 * day),
    house,
    { principalId: second.id, agentId: third.id, terms: { ...terms, validFrom: today, acts: ['collect'] } },
    { kind: 'citizen', id: second.id },
  )
}
