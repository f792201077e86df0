import { describe, expect, it } from 'vitest'
import type { WorkCalendar } from '../../lib/calendar.ts'
import { escalatesAt, movedDeadlines } from './system.ts'
import { calendar, licence, people, serviceOf, stepOf } from './testing/service.ts'
import { Story } from './testing/story.ts'

const { citizen, clerk, officer, head, manager, planner, system } = people
const ladder = [
  { afterHours: 0, role: 'head' },
  { afterHours: 7, role: 'manager', office: 'centre' },
]
const late = (step: Parameters<typeof stepOf>[2] = {}) =>
  new Story(serviceOf([stepOf('check', 'review', step)], { ladder })).do(citizen, 'file')

describe('a ladder', () => {
  it('tells one rung after another, once each, when its hours have passed', () => {
    const story = late()
    const when = () => story.task && escalatesAt(story.service, story.projection, story.task, calendar)
    expect(when()).toEqual(story.task?.dueAt)
    expect(story.try(system, 'escalate')).toBe('not-yet')
    story.later(24).do(system, 'escalate')
    expect(story.open.at(-1)).toMatchObject({ purpose: 'information', office: 'electricity', role: 'head' })
    expect(story.try(system, 'escalate')).toBe('not-yet')
    expect(when()).toEqual(new Date('2026-11-10T08:30:00+02:00'))
    story.later(24).do(system, 'escalate')
    expect(story.open.at(-1)).toMatchObject({ office: 'centre', role: 'manager', parent: story.task?.id })
    expect(story.later(240).try(system, 'escalate')).toBe('not-available')
    expect(story.actions.map(({ data }) => data.level)).toEqual([undefined, 1, 2])
    story.do(manager, 'refer-back', {}, undefined, story.open.at(-1)?.id)
    expect(story.task).toMatchObject({ state: 'open', level: 2 })
  })

  it('of a step stands for that of the service', () => {
    const story = late({ ladder: [{ afterHours: 21, role: 'mayor', office: 'mayor' }] }).later(24)
    expect(story.try(system, 'escalate')).toBe('not-yet')
    expect(story.later(96).do(system, 'escalate').open.at(-1)).toMatchObject({
      office: 'mayor',
      role: 'mayor',
    })
  })

  it('is not climbed while papers are missing, nor while an opinion is asked elsewhere, nor by people', () => {
    const missing = late().do(officer, 'ask-papers', { papers: [{ id: 'deed', words: 'سند' }] })
    expect(missing.later(240).try(system, 'escalate')).toBe('not-available')
    const away = late().do(officer, 'refer', { to: { office: 'planning', purpose: 'opinion' } }, 'رأيكم')
    expect(away.later(240).try(system, 'escalate')).toBe('not-available')
    expect(late().later(240).try(head, 'escalate')).toBe('not-available')
  })

  it('stands by opinions asked side by side, and by those who answer from outside', () => {
    const story = new Story(licence).do(citizen, 'file').do(clerk, 'approve').later(240)
    story.do(system, 'escalate', {}, undefined, story.branch('planning'))
    expect(story.open.at(-1)).toMatchObject({ office: 'planning', role: 'head' })
    story.do(planner, 'opine', { fields: { floors: 1 } }, undefined, story.branch('planning'))
    story.do(officer, 'opine', {}, 'لا مانع', story.branch('power'))
    expect(story.try(system, 'escalate')).toBe('not-yet')
    expect(story.later(24 * 30).try(system, 'escalate')).toBe('ok')
  })
})

describe('a closure announced late', () => {
  const after: WorkCalendar = {
    ...calendar,
    closures: [
      ...calendar.closures,
      { date: '2026-11-09', reason: 'عاصفة' },
      { date: '2026-11-10', reason: 'عاصفة' },
    ],
  }
  const moved = (story: Story) =>
    movedDeadlines(story.projection, { before: calendar, after }, '2026-11-09', story.at)

  it('moves promise and tasks by the hours that were lost, and tells the applicant', () => {
    const story = late()
    const deadlines = moved(story)
    expect(deadlines).toEqual({
      promise: new Date('2026-11-18T15:00:00+02:00'),
      tasks: [{ id: story.task?.id, until: new Date('2026-11-11T08:30:00+02:00') }],
    })
    story.do(system, 'move-deadline', { ...(deadlines && { deadlines }), reason: 'عاصفة' })
    expect(story.messages).toEqual(['deadline-moved'])
    expect(story.projection.dueAt).toEqual(deadlines?.promise)
    expect(story.task?.dueAt).toEqual(deadlines?.tasks[0]?.until)
  })

  it('counts the day it was announced on from its morning', () => {
    const story = late().later(24 + 3)
    expect(moved(story)?.promise).toEqual(new Date('2026-11-18T15:00:00+02:00'))
  })

  it('leaves a promise that stands the hours it had when it stopped', () => {
    const story = late().do(officer, 'ask-papers', { papers: [{ id: 'deed', words: 'سند' }] })
    expect(moved(story)?.promise).toEqual(new Date('2026-11-18T15:00:00+02:00'))
  })

  it('moves nothing that is past or not touched, and is no act of people', () => {
    const story = late()
    expect(
      movedDeadlines(story.projection, { before: calendar, after: calendar }, '2026-11-09', story.at),
    ).toBe(undefined)
    const past = { ...after, closures: [...calendar.closures, { date: '2026-12-20', reason: 'عاصفة' }] }
    expect(
      movedDeadlines(story.projection, { before: calendar, after: past }, '2026-12-20', story.at),
    ).toBeUndefined()
    expect(story.try(system, 'move-deadline')).toBe('deadline-required')
    expect(story.try(manager, 'move-deadline', { deadlines: { tasks: [] } })).toBe('not-available')
    const strange = { deadlines: { tasks: [{ id: 'nobody', until: story.at }] } }
    expect(story.try(system, 'move-deadline', strange)).toBe('not-available')
  })
})

describe('a task of somebody who is no longer there', () => {
  const taken = () =>
    new Story(serviceOf([stepOf('check', 'review')])).do(citizen, 'file').do(officer, 'take')

  it('goes back to the office’s line by the system alone, and from its holder alone', () => {
    const story = taken()
    const holder = story.task?.assignee
    const back = { cameBackFrom: holder ?? '' }
    expect(story.try(head, 'assign', back, 'عادت', story.task?.id)).toBe('not-yours')
    expect(story.try(system, 'assign', back, '', story.task?.id)).toBe('note-required')
    expect(story.try(system, 'assign', { cameBackFrom: 'another' }, 'عادت', story.task?.id)).toBe(
      'not-available',
    )
    story.do(system, 'assign', back, 'عادت', story.task?.id)
    expect(story.task).toMatchObject({ state: 'open', note: 'عادت' })
    expect(story.task?.assignee).toBeUndefined()
    expect(story.actions.at(-1)?.data).toEqual(back)
    expect(story.try(officer, 'take')).toBe('ok')
  })
})
