import type { Write } from '../../platform/database/transaction.ts'
import { decideOnWords, forgetTownWords, withdrawWords, writeWords } from '../messaging/index.ts'
import type { Agenda } from './agenda.ts'
import { chance } from './random.ts'
import { type Stage, whenOpen } from './stage.ts'

const day = 86_400_000

/** What the town words itself, by how many days before now it was written, and what became of it. */
export const demoWords: readonly {
  key: string
  body: string
  note: string
  daysAgo: number
  becomes: 'approved' | 'withdrawn' | 'returned' | 'in-review'
  said?: string
}[] = [
  {
    key: 'ADM-05/received',
    body: 'شكرًا لبلاغك {number}. نعمل عليه، وموعده {date}.',
    note: 'من يبلّغ عن حفرة يستحق الشكر أولًا',
    daysAgo: 700,
    becomes: 'approved',
  },
  {
    key: '*/completed',
    body: 'أنجزنا طلبك {number}. النسخة في البوابة، والأصل في المركز حتى الثانية ظهرًا.',
    note: 'يسأل الناس عن ساعة الاستلام',
    daysAgo: 520,
    becomes: 'withdrawn',
    said: 'تغيّر دوام المركز في رمضان',
  },
  {
    key: 'ELE-01/ready',
    body: 'رُكّب عدادك، وعقد طلبك {number} جاهز في المركز. أحضر أصل التعهد العدلي.',
    note: 'أقصر، ولا تتجاوز رسالتين',
    daysAgo: 300,
    becomes: 'approved',
  },
  {
    key: 'payments.instalment',
    body: 'قسطك {amount} يستحق يوم {date}. ادفعه من البوابة أو الصندوق، وإن تعذّر عليك فراجعنا قبل ذلك اليوم.',
    note: 'ليعرف من تعذّر عليه الدفع ماذا يفعل',
    daysAgo: 3,
    becomes: 'in-review',
  },
  {
    key: 'feedback.asked',
    body: 'كيف كانت خدمتنا في طلبك {number}؟ أرسل رقمًا من 1 إلى 5.',
    note: 'أقصر',
    daysAgo: 6,
    becomes: 'returned',
    said: 'اذكر أن 5 هي الأفضل',
  },
]

/**
 * The words a town put in its own way over the years: some in force, one withdrawn, one that waits for a second person. Drawn from a chance
 * of its own, so that the rest of the town stays as it was.
 */
export function planWords(stage: Stage, agenda: Agenda, until: Date): void {
  const own = { ...stage, chance: chance(38) }
  const writer = stage.staff.find(({ role }) => role === 'clerk')
  const second = stage.staff.find(({ role }) => role === 'manager')
  if (!writer || !second) return
  const by = { kind: 'staff', id: writer.id }
  const decides = { kind: 'staff', id: second.id }
  for (const { key, body, note, daysAgo, becomes, said } of demoWords) {
    const on = (days: number, happen: (tx: Write) => Promise<unknown>) =>
      agenda.plan(whenOpen(own, new Date(until.getTime() - (daysAgo - days) * day)), async tx => {
        await happen(tx)
        forgetTownWords(stage.house, tx.town)
      })
    const of = { key, version: 1, by: decides, findings: [] }
    on(0, tx => writeWords(tx, { key, body, note, by, ask: true, findings: [], basedOn: 0 }))
    if (becomes === 'returned') {
      on(1, tx => decideOnWords(tx, stage.house, { ...of, note: said, decision: 'returned' }))
    } else if (becomes !== 'in-review') {
      const approved = { ...of, note: undefined, decision: 'approved' as const }
      on(1, tx => decideOnWords(tx, stage.house, { ...approved, from: tx.now }))
    }
    if (becomes === 'withdrawn') on(140, tx => withdrawWords(tx, stage.house, { ...of, why: said ?? '' }))
  }
}
