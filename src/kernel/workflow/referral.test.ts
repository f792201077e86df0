import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkingMinutes, workingMinutesBetween } from '../../lib/calendar.ts'
import { movedBack } from './clock.ts'
import { project } from './project.ts'
import { availableActs } from './table.ts'
import { calendar, people, serviceOf, staff, stepOf, subscription } from './testing/service.ts'
import { Story, sunday } from './testing/story.ts'
import type { Who } from './who.ts'

const legal = staff('legal', ['legal-adviser', 'mayor'])

/** The survey is with the officer of electricity, who has asked the planner. */
function asked(copies: { office: string; staffId?: string }[] = []): Story {
  const story = new Story(subscription).do(people.citizen, 'file').do(people.clerk, 'approve')
  const to = { office: 'planning', staffId: 'planner', purpose: 'opinion' as const }
  return story.do(people.officer, 'refer', { to, copies }, 'هل الموقع مطابق؟')
}

const taskAt = (story: Story, office: string) => {
  const task = story.open.find(each => each.office === office && each.purpose !== 'step')
  if (!task) throw new Error(`nothing lies at ${office}`)
  return task
}
const folded = (story: Story) => project(story.service, story.actions, story.ctx)

describe('a chain of referrals', () => {
  it('goes on from whoever was asked, and returns down the same way', () => {
    const story = asked()
    const first = taskAt(story, 'planning')
    story.do(people.planner, 'refer', { to: { office: 'mayor', purpose: 'opinion' } }, 'رأيكم', first.id)
    const second = taskAt(story, 'mayor')
    expect(second.parent).toBe(first.id)
    expect(story.projection.tasks.find(({ id }) => id === first.id)?.state).toBe('referred')
    expect(story.task?.state).toBe('referred')
    story.do(legal, 'refer-back', {}, 'لا مانع', second.id)
    expect(story.projection.tasks.find(({ id }) => id === first.id)?.state).toBe('open')
    expect(story.task?.state).toBe('referred')
    story.do(people.planner, 'refer-back', {}, 'مطابق', first.id)
    expect(story.task).toMatchObject({ state: 'open', assignee: 'officer' })
    expect(folded(story)).toEqual(story.projection)
  })

  it('never asks back those who asked', () => {
    const story = asked()
    const first = taskAt(story, 'planning').id
    const back = { office: 'electricity', staffId: 'officer' }
    expect(story.try(people.planner, 'refer', { to: { ...back, purpose: 'opinion' } }, '؟', first)).toBe(
      'refers-to-asker',
    )
    story.do(people.planner, 'refer', { to: { office: 'mayor', purpose: 'opinion' } }, '؟', first)
    const second = taskAt(story, 'mayor').id
    expect(story.try(legal, 'refer', { to: { ...back, purpose: 'opinion' } }, '؟', second)).toBe(
      'refers-to-asker',
    )
  })

  it('carries copies, which nobody waits for and which allow no act on the request', () => {
    const story = asked([{ office: 'mayor' }, { office: 'centre', staffId: 'clerk' }])
    const copies = story.open.filter(({ purpose }) => purpose === 'information')
    expect(copies.map(({ office, assignee }) => [office, assignee])).toEqual([
      ['mayor', undefined],
      ['centre', 'clerk'],
    ])
    const copy = taskAt(story, 'mayor')
    expect(story.offered(legal, copy)).toEqual(['take', 'refer-back'])
    story.do(people.planner, 'refer-back', {}, 'مطابق', taskAt(story, 'planning').id)
    expect(story.task?.state).toBe('open')
    story.do(legal, 'refer-back', {}, undefined, copy.id)
    expect(folded(story)).toEqual(story.projection)
  })

  it('is wanted by the day that was said, and not by a day gone', () => {
    const story = new Story(subscription).do(people.citizen, 'file').do(people.clerk, 'approve')
    const to = { office: 'planning', purpose: 'opinion' as const }
    expect(story.try(people.officer, 'refer', { to: { ...to, by: '2026-11-07' } }, '؟')).toBe('date-in-past')
    story.do(people.officer, 'refer', { to: { ...to, by: '2026-11-10' } }, '؟')
    expect(taskAt(story, 'planning').dueAt?.toISOString()).toBe('2026-11-10T13:00:00.000Z')
  })

  it('refuses an unknown office and oneself among the copies', () => {
    const story = new Story(subscription).do(people.citizen, 'file').do(people.clerk, 'approve')
    const to = { office: 'planning', purpose: 'opinion' as const }
    const refer = (copies: { office: string; staffId?: string }[]) =>
      story.try(people.officer, 'refer', { to, copies }, '؟')
    expect(refer([{ office: 'moon' }])).toBe('unknown-office')
    expect(refer([{ office: 'electricity' }])).toBe('refers-to-itself')
    expect(refer([{ office: 'electricity', staffId: 'officer' }])).toBe('refers-to-itself')
    expect(refer([{ office: 'electricity', staffId: 'colleague' }])).toBe('ok')
  })
})

describe('calling back', () => {
  const offered = (story: Story, who: Who, read: boolean) =>
    availableActs(story.service, story.projection, who, taskAt(story, 'planning'), { read: () => read }).find(
      ({ name }) => name === 'recall',
    )

  it('is for whoever sent it, while nobody has read it', () => {
    const story = asked()
    expect(offered(story, people.officer, false)?.disabledBecause).toBeUndefined()
    expect(offered(story, people.officer, true)?.disabledBecause).toBe('already-read')
    expect(offered(story, people.colleague, false)).toBeUndefined()
    expect(offered(story, people.planner, false)).toBeUndefined()
  })

  it('gives the task back to its officer, with nothing answered', () => {
    const story = asked()
    const { id } = taskAt(story, 'planning')
    story.do(people.officer, 'recall', {}, undefined, id)
    expect(story.task).toMatchObject({ state: 'open', assignee: 'officer' })
    expect(story.open).toHaveLength(1)
    expect(folded(story)).toEqual(story.projection)
    expect(story.try(people.officer, 'recall', {}, undefined, id)).toBe('not-available')
  })
})

describe('putting off', () => {
  const standing = serviceOf([
    stepOf('visit', 'review', { deferral: 'stands', hours: 14 }),
    stepOf('end', 'review'),
  ])
  const until = new Date('2026-11-10T06:00:00Z')

  it('leaves the promise where it is, unless the step says that it stands', () => {
    for (const [service, moves] of [
      [serviceOf([stepOf('visit', 'review')]), 0],
      [standing, 13.5 * 60],
    ] as const) {
      const story = new Story(service).do(people.citizen, 'file')
      const before = story.projection.dueAt ?? sunday
      story.do(people.officer, 'defer', { until })
      expect(workingMinutesBetween(calendar, before, story.projection.dueAt ?? sunday)).toBe(moves)
    }
  })

  it('taken up early gives back the time that was granted', () => {
    const story = new Story(standing).do(people.citizen, 'file')
    const { dueAt } = story.projection
    const taskDue = story.task?.dueAt
    story.do(people.officer, 'defer', { until }).do(people.officer, 'defer', { until })
    story.later(2).do(people.officer, 'approve')
    const apart = (a: Date | undefined, b: Date | undefined) =>
      workingMinutesBetween(calendar, a ?? sunday, b ?? sunday)
    expect(apart(dueAt, story.projection.dueAt)).toBeCloseTo(120, 0)
    expect(apart(taskDue, story.projection.tasks[0]?.dueAt)).toBeCloseTo(120, 0)
    expect(folded(story)).toEqual(story.projection)
  })

  it('moves back by just what was moved on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 1, max: 9_000 }),
        (start, minutes) => {
          const from = addWorkingMinutes(calendar, new Date(sunday.getTime() + start * 60_000), 0)
          const there = addWorkingMinutes(calendar, from, minutes)
          const back = movedBack(there, minutes, calendar)
          expect(Math.abs(workingMinutesBetween(calendar, from, back))).toBeLessThan(0.1)
        },
      ),
    )
  })
})

describe('standing in for somebody away', () => {
  const deputy: Who = {
    kind: 'staff',
    staffId: 'planner',
    appointments: [
      { role: 'officer', office: 'planning' },
      { role: 'officer', office: 'electricity', deputyOf: 'officer' },
    ],
  }

  it('works on what is theirs and on what they have taken, and the history says for whom', () => {
    const story = new Story(subscription).do(people.citizen, 'file').do(people.clerk, 'approve')
    story.do(people.officer, 'take')
    expect(story.offered(people.planner)).toEqual([])
    expect(story.offered(deputy)).toContain('approve')
    story.do(deputy, 'approve', { fields: { amperes: 40 } })
    expect(story.actions.at(-1)).toMatchObject({
      actor: { kind: 'staff', id: 'planner', office: 'electricity' },
      data: { deputyOf: 'officer' },
    })
  })

  it('says nothing of it where the task is one’s own', () => {
    const story = asked()
    story.do(deputy, 'refer-back', {}, 'مطابق', taskAt(story, 'planning').id)
    expect(story.actions.at(-1)?.data.deputyOf).toBeUndefined()
  })

  it('is neither a signature, nor a payment, nor an exception', () => {
    const inPlaceOf = (role: 'head' | 'manager' | 'collector', office: string): Who => ({
      kind: 'staff',
      staffId: 'planner',
      appointments: [{ role, office, deputyOf: 'absent' }],
    })
    const story = new Story(serviceOf([stepOf('contract', 'signature')])).do(people.citizen, 'file')
    expect(story.offered(inPlaceOf('head', 'electricity'))).not.toContain('sign')
    const fee = new Story(subscription, ['before-filing']).do(people.citizen, 'file')
    expect(fee.offered(inPlaceOf('collector', 'treasury'), undefined)).not.toContain('pay')
    expect(fee.offered(inPlaceOf('manager', 'centre'), undefined)).not.toContain('pay')
  })
})
