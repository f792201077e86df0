import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { AuditActor } from '../../audit/index.ts'
import { answer, openPurpose } from './acts.ts'

const dayMs = 24 * 3_600_000

/** A purpose no law asks for, and what people of a demo town answered: all but the last agreed. */
export async function demoConsents(
  tx: Write,
  { crypto }: House,
  people: readonly { id: string }[],
  by: AuditActor,
  until: Date,
): Promise<void> {
  const ago = (days: number): Write => ({ ...tx, now: new Date(until.getTime() - days * dayMs) })
  const purpose = await openPurpose(
    ago(120),
    {
      kind: 'sharing',
      name: { ar: 'دراسة جودة المياه', en: 'A study of water quality' },
      institution: 'كلية العلوم، جامعة السنديان',
      text: {
        ar: 'نعطي الكلية حيّك وقراءات عدّادك عن سنة، بلا اسم ولا رقم هوية، لتدرس ضغط المياه وجودتها. ينتهي ذلك بنهاية الدراسة أو متى سحبت موافقتك، والرفض لا يغيّر شيئًا في خدماتك.',
        en: 'We give the faculty your quarter and a year of your meter’s readings, without name or identity number, to study pressure and quality of water. It ends with the study or when you take your word back; to refuse changes nothing in your services.',
        from: ago(120).now.toISOString().slice(0, 10) as CalendarDate,
        asksAgain: false,
      },
    },
    by,
  )
  for (const [at, { id: personId }] of people.slice(0, 3).entries())
    await answer(
      ago(90 - at),
      crypto,
      { personId, purpose, version: 1, given: at < 2, way: 'portal' },
      { kind: 'citizen', id: personId },
    )
}
