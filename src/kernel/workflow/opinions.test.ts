import { describe, expect, it } from 'vitest'
import type { Join } from '../definition/model.ts'
import { licence, opinionOf, people, serviceOf, staff, stepOf } from './testing/service.ts'
import { Story } from './testing/story.ts'

const { citizen, clerk, officer, planner, head, colleague } = people
const floors = { fields: { floors: 3 } }

const asked = () => new Story(licence).do(citizen, 'file').do(clerk, 'approve', {}, 'للاطلاع والرأي')
const withJoin = (join: Join) =>
  new Story(
    serviceOf([
      stepOf('opinions', 'opinions', {
        join,
        opinions: [
          opinionOf('planning', 'planning'),
          opinionOf('power', 'electricity'),
          opinionOf('centre', 'centre', { role: 'clerk' }),
        ],
      }),
      stepOf('decision', 'decision'),
    ]),
  ).do(citizen, 'file')
const opine = (story: Story, who: Parameters<Story['do']>[0], id: string) =>
  story.do(who, 'opine', {}, 'لا مانع', story.branch(id))

describe('opinions asked side by side', () => {
  it('open a task for each office at once, while whoever gathers waits', () => {
    const story = asked()
    expect(story.task).toMatchObject({ step: 'opinions', state: 'referred', office: 'centre' })
    expect(story.open.filter(({ purpose }) => purpose === 'branch')).toMatchObject([
      {
        branch: 'planning',
        office: 'planning',
        state: 'open',
        parent: story.task?.id,
        note: 'للاطلاع والرأي',
      },
      { branch: 'power', office: 'electricity', dueAt: new Date('2026-11-10T08:30:00+02:00') },
    ])
    expect(story.projection).toMatchObject({ state: 'in-process', pausedAt: undefined })
  })

  it('are not asked where their condition does not hold, and the step is passed over when none is', () => {
    expect(() => asked().branch('mayor-office')).toThrow('no opinion')
    const none = serviceOf([
      stepOf('opinions', 'opinions', {
        opinions: [opinionOf('a', 'planning', { when: 'never' }), opinionOf('b', 'mayor', { when: 'never' })],
      }),
      stepOf('decision', 'decision'),
    ])
    expect(new Story(none).do(citizen, 'file').projection.step).toBe('decision')
  })

  it('are given by their own office alone, in words or by filling in what is asked', () => {
    const story = asked()
    expect(story.try(officer, 'opine', floors, 'رأي', story.branch('planning'))).toBe('not-yours')
    expect(story.try(planner, 'opine', {}, 'رأي', story.branch('planning'))).toBe('fields-required')
    expect(story.try(officer, 'opine', {}, undefined, story.branch('power'))).toBe('note-required')
    expect(story.try(officer, 'opine', floors, 'رأي', story.branch('power'))).toBe('unknown-field')
    story.do(planner, 'opine', floors, undefined, story.branch('planning'))
    expect(story.projection).toMatchObject({ step: 'opinions', stepFields: { floors: 3 } })
  })

  it('lead on by themselves once all are given', () => {
    const story = asked().do(planner, 'opine', floors, undefined, asked().branch('planning'))
    opine(story, officer, 'power')
    expect(story.projection).toMatchObject({ step: 'ministry', state: 'awaiting-outside' })
    expect(story.open).toHaveLength(1)
  })

  it('lead on with the first, or with so many, and close what is no longer needed', () => {
    const any = withJoin('any')
    opine(any, officer, 'power')
    expect(any.projection.step).toBe('decision')
    expect(any.open.map(({ step }) => step)).toEqual(['decision'])

    const two = withJoin({ atLeast: 2 })
    opine(two, officer, 'power')
    expect(two.projection.step).toBe('opinions')
    opine(two, planner, 'planning')
    expect(two.projection.step).toBe('decision')
    expect(two.try(clerk, 'opine', {}, 'رأي', two.branch('centre'))).toBe('not-available')

    const more = withJoin({ atLeast: 9 })
    opine(more, officer, 'power')
    opine(more, planner, 'planning')
    expect(more.projection.step).toBe('opinions')
    opine(more, clerk, 'centre')
    expect(more.projection.step).toBe('decision')
  })

  it('wait with the rest while papers are missing, and keep the hours they had', () => {
    const story = asked().later(2)
    story.do(clerk, 'ask-papers', { papers: [{ id: 'deed', words: 'سند' }] })
    expect(story.open.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting'])
    expect(story.try(officer, 'opine', {}, 'رأي', story.branch('power'))).toBe('not-available')
    story.later(24).do(citizen, 'supply-papers', { supplied: ['deed'] })
    expect(story.open).toMatchObject([
      { purpose: 'step', state: 'referred' },
      { branch: 'planning', state: 'open', dueAt: new Date('2026-11-10T08:30:00+02:00') },
      { branch: 'power', state: 'open', dueAt: new Date('2026-11-11T08:30:00+02:00') },
    ])
  })

  it('may be asked on: the answer comes back to whoever gives the opinion', () => {
    const story = asked()
    const power = story.branch('power')
    story.do(officer, 'refer', { to: { office: 'mayor', purpose: 'opinion' } }, 'ما رأيكم؟', power)
    expect(story.try(officer, 'opine', {}, 'رأي', power)).toBe('not-available')
    const there = story.open.at(-1)
    story.later(24).do(people.mayor, 'refer-back', {}, 'لا مانع', there?.id)
    const back = story.open.find(({ id }) => id === power)
    expect(back).toMatchObject({ state: 'open', dueAt: new Date('2026-11-11T08:30:00+02:00') })
    opine(story, officer, 'power')
  })

  it('are all closed when whoever gathers rejects, sends back or the applicant withdraws', () => {
    const rejected = asked().do(clerk, 'reject', {}, 'خارج الحدود')
    expect(rejected.open).toEqual([])
    const back = asked().do(clerk, 'return', { toStep: 'intake' }, 'راجعوا الأوراق')
    expect(back.open.map(({ step }) => step)).toEqual(['intake'])
    expect(asked().do(citizen, 'withdraw').open).toEqual([])
  })

  it('are asked anew of the same hands when the request comes there again, and nothing said before counts', () => {
    const story = asked()
    story.do(planner, 'opine', floors, undefined, story.branch('planning'))
    story.do(clerk, 'return', { toStep: 'intake' }, 'راجعوا الأوراق').do(clerk, 'approve')
    expect(story.projection.stepFields).toEqual({})
    expect(story.open.find(({ branch }) => branch === 'planning')).toMatchObject({
      state: 'open',
      assignee: 'planner',
    })
  })

  it('are taken by one of the office, and never signed or approved in its stead', () => {
    const story = asked()
    const power = story.branch('power')
    story.do(officer, 'take', {}, undefined, power)
    expect(story.try(colleague, 'opine', {}, 'رأي', power)).toBe('already-taken')
    story.do(head, 'take', {}, undefined, power)
    expect(story.try(head, 'approve', {}, undefined, power)).toBe('not-available')
    const absent = staff('deputy')
    const deputy = {
      ...absent,
      appointments: [{ role: 'head' as const, office: 'electricity', deputyOf: 'head' }],
    }
    story.do(deputy, 'opine', {}, 'لا مانع', power)
    expect(story.actions.at(-1)?.data.deputyOf).toBe('head')
  })
})
