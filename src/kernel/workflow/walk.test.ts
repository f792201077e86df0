import fc from 'fast-check'
import { expect, it } from 'vitest'
import { workingMinutesBetween } from '../../lib/calendar.ts'
import type { ActName } from '../definition/model.ts'
import type { Projection } from './model.ts'
import { apply, project, unfiled } from './project.ts'
import { findStep, isEnded } from './route.ts'
import { actsByState } from './table.ts'
import { calendar } from './testing/service.ts'
import { Story } from './testing/story.ts'
import { anyFees, anyService, anyWalk, finish, given, movesOf, sights, walk } from './testing/walk.ts'

const everyAct: ActName[] = [
  'take',
  'approve',
  'return',
  'ask-papers',
  'refer',
  'refer-back',
  'defer',
  'reject',
  'withdraw',
  'reopen',
  'pay',
  'sign',
  'run-effect',
  'hand-over',
  'supply-papers',
  'opine',
  'record',
  'appoint',
  'missed',
  'effect-failed',
  'parts-ended',
]

/** Every walk over any service, seen after each act. */
function holds(
  runs: number,
  see: (story: Story, before: Projection) => void,
  after?: (story: Story) => void,
) {
  fc.assert(
    fc.property(anyService, anyFees, anyWalk, (service, fees, turns) => {
      const story = new Story(service, fees)
      let before = unfiled
      walk(story, turns, () => {
        see(story, before)
        before = story.projection
      })
      after?.(story)
    }),
    { numRuns: runs },
  )
}

it('what is offered is accepted and what is not is refused, to anybody on any task', () => {
  holds(40, story => {
    for (const { who, task, acts } of sights(story)) {
      for (const name of everyAct) {
        const act = acts.find(each => each.name === name)
        const owed = new Set(story.owed)
        const data = given({ who, task, act: act ?? { name, needs: {} } }, 5, story)
        const decision = story.ask(who, name, data, 'شرح', task?.id)
        const expected = act?.disabledBecause ?? (act ? 'ok' : decision.ok ? 'refused' : decision.code)
        expect(`${name} ${decision.ok ? 'ok' : decision.code}`).toBe(`${name} ${expected}`)
        for (const point of owed) story.owed.add(point)
      }
    }
  })
})

it('the projection kept act by act is the one folded from history', () => {
  holds(300, story => {
    const last = story.actions.at(-1)
    if (!last) return
    const { service, actions, ctx, projection } = story
    expect(project(service, actions, ctx)).toEqual(projection)
    expect(apply(service, project(service, actions.slice(0, -1), ctx), last, ctx)).toEqual(projection)
  })
})

it('a closure announced in the middle of a request changes nothing of what was counted before', () => {
  fc.assert(
    fc.property(anyService, anyFees, anyWalk, fc.nat({ max: 20 }), (service, fees, turns, announcedOn) => {
      const story = new Story(service, fees)
      const announced = {
        ...calendar,
        closures: [
          ...calendar.closures,
          ...['2026-11-10', '2026-11-11', '2026-11-17'].map(date => ({ date, reason: 'عاصفة' })),
        ],
      }
      let since: Date | undefined
      walk(story, turns, () => {
        if (since || story.actions.length < announcedOn) return
        since = new Date(story.at.getTime() + 1)
        story.later(0.01).ctx = {
          ...story.ctx,
          calendar: announced,
        }
      })
      const known = since
      if (!known) return
      const closures = announced.closures.map((each, i) =>
        i < calendar.closures.length ? each : { ...each, announcedAt: known },
      )
      const ctx = { ...story.ctx, calendar: { ...calendar, closures } }
      expect(project(service, story.actions, ctx)).toEqual(story.projection)
    }),
    { numRuns: 150 },
  )
})

it('history survives being written down as JSON', () => {
  holds(50, story => {
    const { service, actions, ctx, projection } = story
    const dates = new Set(['at', 'until', 'from', 'to', 'promise'])
    const read = JSON.parse(JSON.stringify(actions), (key, value) =>
      dates.has(key) && typeof value === 'string' ? new Date(value) : value,
    )
    expect(project(service, read, ctx)).toEqual(projection)
  })
})

it('somebody is always named: a task of an office, the citizen for papers or a fee, or it has ended', () => {
  holds(300, story => {
    const { projection } = story
    if (isEnded(projection)) return
    const names = sights(story).flatMap(({ acts }) => acts)
    const moving = names.filter(
      ({ name, disabledBecause }) =>
        // A fee outstanding at the handover is settled at the till.
        disabledBecause === 'fee-unpaid' || (!disabledBecause && name !== 'withdraw' && name !== 'take'),
    )
    expect(moving, `${projection.state} at ${projection.step}`).not.toEqual([])
  })
})

it('from anywhere there is a way to the end', () => {
  holds(
    200,
    () => {},
    story => {
      finish(story)
      expect(isEnded(story.projection), `${story.projection.state} at ${story.projection.step}`).toBe(true)
    },
  )
})

it('an ended request has no open task, no missing paper and no clock, and only reopening is offered', () => {
  holds(300, story => {
    const { projection } = story
    if (!isEnded(projection)) {
      expect(projection.closedAt).toBeUndefined()
      return
    }
    expect(projection).toMatchObject({ missingPapers: [], pausedAt: undefined, step: undefined })
    expect(projection.closedAt).toEqual(story.at)
    expect(story.open).toEqual([])
    expect(new Set(movesOf(story).map(({ act }) => act.name))).toEqual(new Set(['reopen']))
  })
})

it('the promise never runs while the citizen is awaited or the request has ended', () => {
  holds(300, ({ at, projection, messages, actions }, before) => {
    if (!before.dueAt || !projection.dueAt) return
    // Sent back by the applicant, it is promised anew.
    if (actions.at(-1)?.name === 'answer' && messages.includes('reopened')) return
    // A closure announced late moved it, and said so.
    if (messages.includes('deadline-moved')) return
    const stood = before.pausedAt ?? before.closedAt
    const stillStands = stood !== undefined && projection.pausedAt?.getTime() === before.pausedAt?.getTime()
    if (stood === undefined || (stillStands && before.pausedAt)) {
      expect(projection.dueAt).toEqual(before.dueAt)
      return
    }
    const left = workingMinutesBetween(calendar, stood, before.dueAt)
    expect(workingMinutesBetween(calendar, at, projection.dueAt)).toBeCloseTo(left, 1)
  })
})

it('a request is paused exactly while it waits for papers, for an answer, for others outside, or for a fee after it was accepted', () => {
  holds(300, ({ service, projection, task }) => {
    const waits = ['awaiting-papers', 'awaiting-fee', 'awaiting-answer', 'awaiting-outside'].includes(
      projection.state,
    )
    expect(projection.pausedAt !== undefined).toBe(waits && projection.dueAt !== undefined)
    expect(projection.missingPapers.length > 0).toBe(projection.state === 'awaiting-papers')
    const kind = findStep(service, projection.step)?.kind
    if (['awaiting-papers', 'awaiting-answer'].includes(projection.state)) expect(task?.state).toBe('waiting')
    if (task?.state === 'waiting' && projection.missingPapers.length === 0) {
      expect(['confirmation', 'outside', 'effect']).toContain(kind)
    }
  })
})

it('the main path has one task at a time, on the step in hand, and ids are given once', () => {
  holds(300, ({ open, projection, actions }) => {
    const main = open.filter(({ purpose }) => purpose === 'step')
    expect(main.map(({ step }) => step)).toEqual(projection.step === undefined ? [] : [projection.step])
    expect(actions.flatMap(({ data }) => data.opens ?? [])).toEqual(projection.tasks.map(({ id }) => id))
  })
})

it('no effect is run twice', () => {
  fc.assert(
    fc.property(anyService, anyFees, anyWalk, (service, fees, turns) => {
      const story = new Story(service, fees)
      const run: string[] = []
      walk(story, turns, ({ told }) => {
        for (const each of told) if (each.kind === 'run-effect') run.push(each.step)
      })
      expect(run).toEqual([...new Set(run)])
    }),
    { numRuns: 300 },
  )
})

it('every state of a request has its line in the table', () => {
  expect(Object.values(actsByState).every(acts => acts.length > 0)).toBe(true)
})
