import type { Answers, Step } from '../../kernel/definition/index.ts'
import type { ActData } from '../../kernel/workflow/index.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { attachPaper, performAct, type Request } from '../requests/index.ts'
import { bring, type Samples } from './papers.ts'
import { sceneOf } from './photos.ts'
import type { Person, Stage, Worker } from './stage.ts'

const seen: Record<string, readonly string[]> = {
  'street-light': ['العمود مطفأ منذ أسبوع والشارع معتم ليلًا.', 'ثلاثة أعمدة متتالية لا تضيء.'],
  pit: ['حفرة عميقة في وسط الشارع بعد المطر.', 'هبوط في الإسفلت قرب المطب.'],
  waste: ['الحاوية ممتلئة والأكياس حولها منذ أيام.', 'لم تمر سيارة النفايات هذا الأسبوع.'],
  'water-leak': ['ماء يخرج من تحت الرصيف ليل نهار.', 'الماسورة الرئيسية تنزف عند المفرق.'],
  sewage: ['غطاء المنهل يفيض والرائحة قوية.'],
  nuisance: ['حظيرة بين البيوت ورائحتها لا تُحتمل.'],
}

const done: Record<string, readonly string[]> = {
  light: ['استُبدل المصباح وفُحصت الأسلاك.', 'أُصلح القاطع وعادت الأعمدة الثلاثة.'],
  pit: ['رُدمت الحفرة وعُبّدت بالإسفلت.', 'سُوّي الهبوط وأُعيد التعبيد.'],
  waste: ['أُفرغت الحاوية ونُظف ما حولها.', 'أُزيلت المكرهة وأُنذر صاحبها.'],
  water: ['أُصلح الكسر وأُعيد الرصيف.', 'سُلّك الخط ونُظف المنهل.'],
}

/** What people report, and where. */
export function complaintOf({ chance }: Stage, person: Person): Answers {
  const kind = chance.weighted([
    ['street-light', 26],
    ['pit', 24],
    ['waste', 20],
    ['water-leak', 16],
    ['sewage', 9],
    ['nuisance', 5],
  ])
  const { quarter, landmark } = person.address
  return {
    kind,
    words: chance.pick(seen[kind] ?? []),
    danger: chance.happens(0.1),
    where: quarter || 'وسط البلد',
    landmark: landmark || 'المسجد الكبير',
    ...(chance.happens(0.5) && {
      point: {
        lat: (315_300 + chance.between(0, 90)) / 10_000,
        lon: (350_900 + chance.between(0, 90)) / 10_000,
      },
    }),
  }
}

/** What the department writes of its work. */
export const doneWords = ({ chance }: Stage, request: Request): string =>
  chance.pick(done[sceneOf(request.answers.kind)] ?? done.pit ?? [])

/** Photos that show the work of a step, hung on the request as the officer's page does. */
export async function showWork(
  tx: Write,
  stage: Stage,
  samples: Samples,
  of: { request: Request; step: Step; worker: Worker },
): Promise<Pick<ActData, 'proofs'>> {
  const { request, step, worker } = of
  const proofs: NonNullable<ActData['proofs']> = []
  const by = { kind: 'staff', id: worker.id }
  for (const proof of step.proofs ?? []) {
    if (proof.id === 'sketch') continue
    const scene = proof.id === 'meter-photo' ? 'meter' : sceneOf(request.answers.kind)
    const look = `${scene}-${proof.id === 'photo-before' ? 'before' : 'after'}`
    const paper = { kind: 'proof', title: proof.name.ar, by, look }
    const documentId = await bring(tx, stage, samples, paper)
    await attachPaper(tx, request.id, { paperId: proof.id, documentId, state: 'supplied' }, by)
    proofs.push({ id: proof.id, documentId })
  }
  return proofs.length > 0 ? { proofs } : {}
}

const still = ['هبطت من جديد بعد يومين.', 'أُصلح جزء وبقي جزء.', 'ما زالت على حالها في الليل.'] as const

/** Whether the reporter answers, and how; undefined is silence. */
export function reportersWord({ chance }: Stage): Answers | undefined {
  return chance.weighted<Answers | undefined>([
    [{ fixed: true }, 68],
    [{ fixed: false, stillWrong: chance.pick(still) }, 18],
    [undefined, 14],
  ])
}

/** The reporter says whether it is fixed. */
export async function answer(
  tx: Write,
  stage: Stage,
  person: Person,
  requestId: string,
  fields: Answers,
): Promise<void> {
  const actor = { kind: 'citizen', personId: person.id, level: 'verified' } as const
  await performAct(tx, stage, { requestId, name: 'answer', actor, data: { fields } })
}

/** Nobody answered until the day that was told. */
export async function lapse(tx: Write, stage: Stage, requestId: string): Promise<void> {
  await performAct(tx, stage, { requestId, name: 'lapse', actor: { kind: 'system' } })
}
