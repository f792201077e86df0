import { sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import { addDays, dateIn } from '../../lib/calendar.ts'
import { money } from '../../lib/money.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { appointDeputy, giveAuthority } from '../certificates/index.ts'
import { askHowItWas, askSetting, complain, openContact, rate } from '../feedback/index.ts'
import { setSetting } from '../treasury/index.ts'
import { at, type Stage } from './stage.ts'

const bySystem = { kind: 'system', id: 'demo' } as const
const hour = 3_600_000

const said = [
  'خدمة سريعة ومعاملة طيبة.',
  'الموظفة شرحت لي كل شيء.',
  'أنجزتها من البيت دون أن أحضر.',
  'انتظرت أكثر مما قيل لي.',
  'طُلبت مني الورقة نفسها مرتين.',
  'لو تُرسل الشهادة على الهاتف مباشرة.',
] as const

const letters = [
  ['مقاعد الانتظار', 'المقاعد في صالة الانتظار قليلة، وكبار السن يقفون. نرجو زيادتها.'],
  ['شكر لموظفي الشباك', 'أشكر موظفي مركز الخدمة على سرعتهم معنا يوم الاثنين.'],
  ['دوام يوم السبت', 'هل يمكن أن يفتح المركز صباح السبت مرة في الشهر؟ نعمل خارج البلدة طوال الأسبوع.'],
] as const

const citizen = (personId: string): Actor => ({ kind: 'citizen', personId, level: 'verified' })

/** Who may sign, and what people said: ratings of what was delivered lately, messages to the management, a complaint. */
export async function fillCentre(tx: Write, stage: Stage, until: Date): Promise<void> {
  await authorise(at(tx, until), stage, until)
  await hearRatings(tx, stage, until)
  const { chance, people } = stage
  const adults = people.filter(each => each.adult)
  for (const [place, [subject, words]] of letters.entries()) {
    const writer = chance.pick(adults)
    const moment = at(tx, new Date(until.getTime() - (place + 1) * 7 * hour))
    await openContact(moment, stage, { personId: writer.id, subject, words, actor: citizen(writer.id) })
  }
  const clerk = stage.staff.find(({ login }) => login === 'osama')
  const complainant = chance.pick(adults)
  if (clerk)
    await complain(at(tx, new Date(until.getTime() - 30 * hour)), stage, {
      personId: complainant.id,
      staffId: clerk.id,
      actor: citizen(complainant.id),
      words: 'تركني واقفًا وانشغل بهاتفه، ثم قال إن الدوام انتهى قبل موعده.',
    })
  const from = dateIn(until, stage.town.timeZone)
  await setSetting(at(tx, until), { key: askSetting, from, value: true, by: bySystem })
}

/** The mayor signs certificates without a ceiling and contracts up to one; the deputy stands in this week. */
async function authorise(tx: Write, { staff, town }: Stage, until: Date): Promise<void> {
  const mayor = staff.find(({ login }) => login === 'mayor')
  const deputy = staff.find(({ login }) => login === 'deputy')
  if (!mayor || !deputy) return
  const given = { staffId: mayor.id, role: 'mayor', from: '2022-05-01', until: undefined }
  const certificates = await giveAuthority(
    tx,
    { ...given, kind: 'certificate', ceilings: [], decision: '14/2022' },
    bySystem,
  )
  const ceilings = [money(50_000_00, 'ILS'), money(10_000_000, 'JOD')]
  await giveAuthority(tx, { ...given, kind: 'contract', ceilings, decision: '14/2022' }, bySystem)
  const today = dateIn(until, town.timeZone)
  const days = { from: addDays(today, -2), until: addDays(today, 5) }
  await appointDeputy(tx, certificates, { staffId: deputy.id, decision: '31/2026', ...days }, bySystem)
}

/** Every second of those served lately says how it was; one in three of them in words. */
async function hearRatings(tx: Write, stage: Stage, until: Date): Promise<void> {
  const { chance } = stage
  const { rows } = await sql<{ request_id: string; applicant_id: string; closed_at: Date }>`
    select request_id, applicant_id, closed_at from request
     where municipality_id = ${tx.town} and closed_at is not null and state = 'done' order by closed_at desc limit 90`.execute(
    tx.q,
  )
  for (const { request_id: requestId, applicant_id, closed_at } of rows) {
    await askHowItWas(at(tx, closed_at), stage, requestId)
    if (!chance.happens(0.55)) continue
    const stars = chance.weighted<1 | 2 | 3 | 4 | 5>([
      [5, 46],
      [4, 30],
      [3, 13],
      [2, 6],
      [1, 5],
    ])
    const comment = chance.happens(0.34) ? said[stars > 3 ? chance.between(0, 2) : chance.between(3, 5)] : ''
    const moment = at(
      tx,
      new Date(Math.min(until.getTime(), closed_at.getTime() + chance.between(1, 20) * hour)),
    )
    const by = { kind: 'citizen', id: applicant_id }
    await rate(
      moment,
      { requestId, stars, comment: comment ?? '', channel: chance.happens(0.4) ? 'sms' : 'portal' },
      by,
    )
  }
}
