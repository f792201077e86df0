/** Random walks: any service, any of the people, any act on offer, with what it needs; and time passing in between. */

import fc from 'fast-check'
import type { ActName, FeePoint, Join, StepKind } from '../../definition/model.ts'
import type { ActData, PartOutcome, Task } from '../model.ts'
import { awaitedFeePoint, findStep, isEnded, type WorkflowService } from '../route.ts'
import { escalatesAt } from '../system.ts'
import { type Available, actsByKind, availableActs, feePoints } from '../table.ts'
import type { Who } from '../who.ts'
import {
  complaint,
  conditionNames,
  licence,
  offices,
  opinionOf,
  people,
  serviceOf,
  staff,
  stepOf,
  subscription,
} from './service.ts'
import type { Story } from './story.ts'

/** Everybody the generated services could name, and some whom it never does. */
const cast: Who[] = [
  ...Object.values(people),
  staff('registrar', ['officer', 'centre'], ['head', 'centre']),
  staff('treasurer', ['treasurer', 'treasury'], ['officer', 'treasury'], ['head', 'treasury']),
  staff('chief', ['head', 'mayor'], ['officer', 'mayor']),
  staff('planning-head', ['head', 'planning'], ['mayor', 'planning']),
  staff('electric-clerk', ['clerk', 'electricity'], ['mayor', 'electricity']),
  staff('centre-mayor', ['mayor', 'centre'], ['collector', 'electricity']),
]

const kinds = Object.keys(actsByKind) as StepKind[]
const posts = [
  { office: 'centre', role: 'clerk' },
  { office: 'electricity', role: 'officer' },
  { office: 'electricity', role: 'head' },
  { office: 'planning', role: 'officer' },
  { office: 'mayor', role: 'mayor' },
]
const words = { ar: 'نص', en: 'Text' }
const when = fc.constantFrom(undefined, undefined, ...conditionNames)

/** A step whose branches lead on; only an applicant's answer leads back, to the first. */
const anyStep = (id: string, ids: string[], first: string) =>
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      post: fc.constantFrom(...posts),
      when,
      next: fc.array(fc.record({ when, to: fc.constantFrom(...ids) }), { maxLength: 2 }),
      feePoint: fc.constantFrom<FeePoint>('after-decision', 'before-execution'),
      acts: fc.subarray(['return', 'ask-papers', 'refer', 'defer', 'reject'] as ActName[]),
      hasFields: fc.boolean(),
      join: fc.constantFrom<Join>('all', 'any', { atLeast: 2 }),
      opinions: fc.array(fc.record({ post: fc.constantFrom(...posts), when }), {
        minLength: 2,
        maxLength: 4,
      }),
      auto: fc.boolean(),
      ladder: fc.boolean(),
    })
    .map(({ kind, post, when, next, feePoint, acts, hasFields, join, opinions, auto, ladder }) =>
      stepOf(id, kind, {
        ...post,
        ...(when !== undefined && { when }),
        next: [
          ...(kind === 'confirmation' ? [{ when: 'not fixed', to: first }] : []),
          ...next.map(({ when, to }) => (when === undefined ? { to } : { when, to })),
        ],
        ...(kind === 'payment' && { feePoint }),
        acts: [
          ...(kind === 'site-visit' ? (['appoint', 'missed'] as const) : []),
          ...acts.filter(name => actsByKind[kind].may.includes(name)),
        ],
        ...(kind === 'opinions' && {
          join,
          opinions: opinions.map(({ post, when }, i) =>
            opinionOf(`o${i}`, post.office, {
              role: post.role,
              ...(when !== undefined && { when }),
              ...(i === 0 && hasFields && { fields: [{ id: 'floors', kind: 'whole-number', label: words }] }),
            }),
          ),
        }),
        ...(kind === 'parts' && {
          join,
          parts: opinions.map(({ when }, i) => ({
            id: `p${i}`,
            service: 'WAT-01',
            ...(when !== undefined && { when }),
          })),
        }),
        ...(kind === 'effect' && auto && { auto }),
        ...(ladder && { ladder: [{ afterHours: 7, role: 'head' }] }),
        ...(hasFields &&
          kind !== 'payment' && { proofs: [{ id: 'photo-after', name: words, accept: ['jpeg'] }] }),
        ...(hasFields &&
          kind !== 'payment' &&
          kind !== 'confirmation' &&
          kind !== 'opinions' &&
          kind !== 'parts' && {
            fields: [{ id: 'amperes', kind: 'whole-number', label: { ar: 'أمبير', en: 'Amperes' } }],
          }),
      }),
    )

/** Any service of a few steps, with branches forward and conditions; and the subscription as it is. */
export const anyService: fc.Arbitrary<WorkflowService> = fc.oneof(
  fc.constant(subscription),
  fc.constant(complaint),
  fc.constant(licence),
  fc.integer({ min: 1, max: 6 }).chain(count => {
    const ids = Array.from({ length: count }, (_, i) => `s${i}`)
    const branches = (i: number) => ids.slice(Math.min(i + 1, count - 1))
    return fc.tuple(...ids.map((id, i) => anyStep(id, branches(i), ids[0] ?? id))).map(steps =>
      serviceOf(
        // The last step leads on to nothing, so that every way ends.
        steps.map((step, i) => (i === count - 1 ? { ...step, next: [] } : step)),
      ),
    )
  }),
)

export const anyFees = fc.subarray([...feePoints])

/** A choice and a number to shape what is given with it, and the hours before it. */
export const anyWalk = fc.array(
  fc.record({ choice: fc.nat(), shape: fc.nat(), hours: fc.double({ min: 0, max: 120, noNaN: true }) }),
  { maxLength: 40 },
)

export type Move = { who: Who; act: Available; task: Task | undefined }

/** Each person, before each task not closed and before none. */
export function sights(story: Story): { who: Who; task: Task | undefined; acts: Available[] }[] {
  const tasks = [undefined, ...story.projection.tasks]
  return cast.flatMap(who =>
    tasks.map(task => ({
      who,
      task,
      acts: availableActs(story.service, story.projection, who, task, { unpaid: p => story.owed.has(p) }),
    })),
  )
}

export const movesOf = (story: Story): Move[] =>
  sights(story).flatMap(({ who, task, acts }) =>
    acts.filter(({ disabledBecause }) => !disabledBecause).map(act => ({ who, act, task })),
  )

/** What the act needs, well given. A payment is settled in the ledger first. */
export function given({ act: { name, needs }, task }: Move, shape: number, story: Story): ActData {
  const some = <T>(list: readonly T[]) => list.filter((_, i) => i === 0 || (shape >> i) % 2 === 1)
  switch (name) {
    case 'return':
      return { toStep: needs.steps?.[shape % needs.steps.length] ?? '' }
    case 'ask-papers':
      return { papers: some(needs.papers ?? []).map(id => ({ id, words: 'نسخة واضحة' })) }
    case 'supply-papers':
      return { supplied: some(needs.papers ?? []) }
    case 'refer': {
      const elsewhere = offices.filter(office => office !== task?.office)
      const office = elsewhere[shape % elsewhere.length] ?? 'planning'
      return { to: { office, purpose: shape % 3 === 0 ? 'information' : 'opinion' } }
    }
    case 'defer':
      return { until: new Date(story.at.getTime() + (1 + (shape % 100)) * 3_600_000) }
    case 'pay': {
      if (needs.settle === 'exception') return { exception: { by: 'manager', reason: 'قرار' } }
      const point = awaitedFeePoint(story.service, story.projection)
      if (point) story.owed.delete(point)
      return { receipt: '1/2026' }
    }
    case 'reject': {
      const ground = needs.grounds?.[shape % needs.grounds.length]
      return { ...(ground && { ground: ground.id }), ...(needs.session && { session: sessionOf(story) }) }
    }
    case 'appoint':
      return { appointment: { from: story.at, to: new Date(story.at.getTime() + 3_600_000) } }
    case 'parts-ended':
      return { parts: partsOf(story, shape) }
    case 'move-deadline':
      return { deadlines: { ...(story.projection.dueAt && { promise: story.projection.dueAt }), tasks: [] } }
    default:
      return {
        ...(needs.session && { session: sessionOf(story) }),
        ...(needs.fields && { fields: fieldsFor(needs.fields, shape) }),
        ...(needs.proofs && {
          proofs: needs.proofs.map(({ id }) => ({ id, documentId: `document-${shape}` })),
        }),
      }
  }
}

const sessionOf = ({ at }: Story) => ({
  number: '12/2026',
  date: at.toISOString().slice(0, 10),
  decision: 'الموافقة',
})

/** Each part ended, some of them granted; at least one is where the request would wait for people anew. */
function partsOf({ service, projection, task }: Story, shape: number): PartOutcome[] {
  const parts = findStep(service, projection.step)?.parts ?? []
  return parts.map(({ id }, i) => {
    const granted = task?.state === 'open' || (shape >> i) % 2 === 0
    return { id, requestId: `request-${id}`, state: granted ? 'done' : 'rejected' }
  })
}

const fieldsFor = (fields: readonly { id: string; kind: string }[], shape: number) =>
  Object.fromEntries(
    fields.map(({ id, kind }) => [
      id,
      kind === 'whole-number' ? (shape % 2) * 90 + 10 : kind === 'yes-no' ? shape % 2 === 0 : 'كلمة',
    ]),
  )

/** Walks: at each turn one of the moves on offer is made and must be accepted; `see` looks before and after. */
export function walk(
  story: Story,
  turns: readonly { choice: number; shape: number; hours: number }[],
  see: (story: Story) => void = () => {},
): void {
  story.do(people.citizen, 'file')
  see(story)
  for (const { choice, shape, hours } of turns) {
    const moves = movesOf(story)
    const move = moves[choice % moves.length]
    if (!move) return
    story.later(hours)
    // Silence lasts until its day.
    const lapses = story.task?.dueAt
    if (move.act.name === 'lapse' && lapses && lapses > story.at) story.at = lapses
    // Lateness too; and with nothing promised there is nothing to move.
    const rung = move.act.name === 'escalate' && move.task
    const late = rung && escalatesAt(story.service, story.projection, rung, story.ctx.calendar)
    if (late && late > story.at) story.at = late
    if (move.act.name === 'move-deadline' && !story.projection.dueAt) continue
    story.do(move.who, move.act.name, given(move, shape, story), 'شرح', move.task?.id)
    see(story)
  }
}

/** Works through whatever is left the straight way; gives up after so many acts. */
export function finish(story: Story, patience = 60): void {
  for (let i = 0; i < patience && !isEnded(story.projection); i += 1) {
    const kind = findStep(story.service, story.projection.step)?.kind
    // What is outstanding at the handover is paid at the till, outside the request.
    if (kind === 'handover') story.owed.clear()
    const moves = movesOf(story)
    const completes = kind ? actsByKind[kind].completes : 'pay'
    const straight = ['refer-back', 'supply-papers', 'pay', 'opine', completes, 'appoint', 'take']
    const move = straight.flatMap(name => moves.filter(each => each.act.name === name))[0]
    if (!move) return
    if (move.act.name === 'supply-papers') {
      story.do(move.who, 'supply-papers', { supplied: move.act.needs.papers ?? [] })
    } else {
      story.do(move.who, move.act.name, given(move, 0, story), 'شرح', move.task?.id)
    }
  }
}
