import { describe, expect, it } from 'vitest'
import type { Join } from '../definition/model.ts'
import type { PartOutcome } from './model.ts'
import { licence, opinionOf, people, serviceOf, stepOf } from './testing/service.ts'
import { Story } from './testing/story.ts'

const { citizen, clerk, officer, planner, mayor, system, manager } = people
const session = { number: '14/2026', date: '2026-11-08', decision: 'الموافقة بالإجماع' }

const at = (kind: Parameters<typeof stepOf>[1], rest: Parameters<typeof stepOf>[2] = {}) =>
  new Story(serviceOf([stepOf('here', kind, rest), stepOf('after', 'review')])).do(citizen, 'file')

describe('others outside', () => {
  it('are waited for with the promise standing, until a day of their own', () => {
    const story = at('outside')
    expect(story.projection).toMatchObject({ state: 'awaiting-outside', pausedAt: story.at })
    expect(story.messages).toEqual(['received', 'sent-outside'])
    // Ten working days after Sunday the 8th; the 15th is a holiday.
    expect(story.task).toMatchObject({ state: 'waiting', dueAt: new Date('2026-11-23T15:00:00+02:00') })
    const promised = story.projection.dueAt
    story.later(24).do(officer, 'record')
    expect(story.projection).toMatchObject({ step: 'after', pausedAt: undefined })
    expect(promised).toEqual(new Date('2026-11-16T15:00:00+02:00'))
    expect(story.projection.dueAt).toEqual(new Date('2026-11-17T15:00:00+02:00'))
  })

  it('stay waited for when papers asked meanwhile have come', () => {
    const story = at('outside')
    const due = story.task?.dueAt
    story.do(officer, 'ask-papers', { papers: [{ id: 'deed', words: 'سند' }] })
    expect(story.projection.state).toBe('awaiting-papers')
    expect(story.try(officer, 'record')).toBe('not-available')
    story.later(24).do(citizen, 'supply-papers', { supplied: ['deed'] })
    expect(story.projection.state).toBe('awaiting-outside')
    expect(story.projection.pausedAt).toBeDefined()
    expect(story.task).toMatchObject({ state: 'waiting', dueAt: due })
  })
})

describe('a visit', () => {
  const hour = (day: number | string, from: string, to: string) => ({
    appointment: {
      from: new Date(`2026-11-${day}T${from}+02:00`),
      to: new Date(`2026-11-${day}T${to}+02:00`),
    },
  })

  it('is appointed as often as needed, and told each time', () => {
    const story = at('site-visit')
    story.do(officer, 'appoint', hour(10, '10:00', '11:00'))
    expect(story.messages).toEqual(['appointment'])
    story.do(officer, 'appoint', hour(11, '10:00', '11:00'))
    expect(story.task).toMatchObject({
      assignee: 'officer',
      appointment: hour(11, '10:00', '11:00').appointment,
    })
    expect(story.try(officer, 'appoint', hour(11, '10:00', '10:00'))).toBe('appointment-required')
    expect(story.try(officer, 'appoint', {})).toBe('appointment-required')
    expect(story.later(24 * 9).try(officer, 'appoint', hour(12, '10:00', '11:00'))).toBe('date-in-past')
  })

  it('is not reported on before its hour where somebody must be there', () => {
    const story = at('site-visit')
    expect(story.offered(officer)).toContain('(approve)')
    expect(story.try(officer, 'approve')).toBe('appointment-required')
    story.do(officer, 'appoint', hour(10, '10:00', '11:00'))
    expect(story.try(officer, 'approve')).toBe('appointment-required')
    expect(story.try(officer, 'missed', {}, 'لم نجد أحدًا')).toBe('appointment-required')
    story.later(50).do(officer, 'approve')
    expect(story.projection.step).toBe('after')
    expect(at('site-visit', { presence: 'not-needed' }).try(officer, 'approve')).toBe('ok')
  })

  it('where nobody was there is told and appointed anew', () => {
    const story = at('site-visit')
    story.do(officer, 'appoint', hour('08', '09:00', '10:00')).later(1)
    expect(story.try(officer, 'missed')).toBe('note-required')
    story.do(officer, 'missed', {}, 'الباب مغلق')
    expect(story.messages).toEqual(['visit-missed'])
    expect(story.task?.appointment).toBeUndefined()
    expect(story.try(officer, 'approve')).toBe('appointment-required')
  })
})

describe('a committee', () => {
  it('decides in a session that has been, and the session stands under its step', () => {
    const story = at('committee')
    expect(story.projection.state).toBe('in-review')
    expect(story.ask(mayor, 'approve', {}, undefined, story.task?.id)).toEqual({
      ok: false,
      code: 'session-required',
      fields: ['number', 'date', 'decision'],
    })
    expect(story.try(mayor, 'approve', { session: { ...session, date: '2026-11-09' } })).toBe(
      'session-required',
    )
    story.do(mayor, 'approve', { session })
    expect(story.messages).toEqual(['approved'])
    expect(story.projection.sessions).toEqual({ here: session })
  })

  it('refuses with its session too', () => {
    const story = at('committee')
    expect(story.try(mayor, 'reject', {}, 'لا يتفق مع المخطط')).toBe('session-required')
    story.do(mayor, 'reject', { session }, 'لا يتفق مع المخطط')
    expect(story.projection).toMatchObject({ state: 'rejected', sessions: { here: session } })
  })

  it('is no other step: a session given there is not kept', () => {
    const story = at('review').do(officer, 'approve', { session })
    expect(story.actions.at(-1)?.data.session).toBeUndefined()
    expect(story.projection.sessions).toEqual({})
  })
})

describe('requests filed as parts', () => {
  const withJoin = (join?: Join) =>
    at('parts', {
      ...(join && { join }),
      parts: [
        { id: 'water', service: 'WAT-01' },
        { id: 'power', service: 'ELE-01' },
        { id: 'sewage', service: 'WAT-09', when: 'never' },
      ],
    })
  const ended = (...states: PartOutcome['state'][]) => ({
    parts: states.map((state, i) => ({ id: `${i}`, requestId: `${i}`, state })),
  })

  it('are filed where their condition holds, while the promise runs', () => {
    const story = withJoin()
    expect(story.told.filter(({ kind }) => kind === 'file-part')).toEqual([
      { kind: 'file-part', step: 'here', part: 'water' },
      { kind: 'file-part', step: 'here', part: 'power' },
    ])
    expect(story.task).toMatchObject({ state: 'referred' })
    expect(story.projection).toMatchObject({ pausedAt: undefined, state: 'submitted' })
  })

  it('lead on when each has ended, however', () => {
    const story = withJoin()
    expect(story.try(system, 'parts-ended', ended('done', 'running'))).toBe('not-yet')
    expect(story.try(officer, 'parts-ended', ended('done', 'done'))).toBe('not-available')
    story.do(system, 'parts-ended', ended('done', 'rejected'))
    expect(story.projection.step).toBe('after')
  })

  it('lead on with the first granted; where none can be any more, people decide what becomes of it', () => {
    expect(withJoin('any').do(system, 'parts-ended', ended('done', 'running')).projection.step).toBe('after')
    const story = withJoin('any').do(system, 'parts-ended', ended('rejected', 'withdrawn'))
    expect(story.projection.step).toBe('here')
    expect(story.task).toMatchObject({ state: 'open' })
    expect(story.offered(officer)).toContain('reject')
    expect(story.try(system, 'parts-ended', ended('rejected', 'withdrawn'))).toBe('not-yet')
    story.do(system, 'parts-ended', ended('rejected', 'done'))
    expect(story.projection.step).toBe('after')
  })

  it('are passed over when none is to be filed', () => {
    const none = at('parts', { parts: [{ id: 'water', service: 'WAT-01', when: 'never' }] })
    expect(none.projection.step).toBe('after')
  })
})

describe('an effect left to the system', () => {
  it('is run by it, and by nobody else asked', () => {
    const story = at('effect', { auto: true })
    expect(story.told).toContainEqual({ kind: 'auto-effect', step: 'here', taskId: story.task?.id })
    expect(story.task?.state).toBe('waiting')
    story.do(system, 'run-effect')
    expect(story.told).toContainEqual({
      kind: 'run-effect',
      effect: 'utilities.open-subscription',
      step: 'here',
    })
    expect(story.projection).toMatchObject({ step: 'after', executedSteps: ['here'] })
    expect(story.try(citizen, 'withdraw')).toBe('not-available')
  })

  it('falls back on people when it cannot be run, and stays with them', () => {
    const story = at('effect', { auto: true }).do(system, 'effect-failed', {}, 'لا رقم عداد')
    expect(story.task?.state).toBe('open')
    expect(story.actions.at(-1)).toMatchObject({ actor: { kind: 'system' }, note: 'لا رقم عداد' })
    expect(story.try(system, 'run-effect')).not.toBe('ok')
    story.do(officer, 'run-effect')
    expect(story.projection.step).toBe('after')
  })

  it('is no right of the system where a definition does not leave it to it', () => {
    expect(at('effect').try(system, 'run-effect')).not.toBe('ok')
    expect(at('effect').try(system, 'effect-failed')).not.toBe('ok')
  })
})

it('the whole way of a licence is walked, from the counter to the register', () => {
  const story = new Story(licence).do(citizen, 'file').do(clerk, 'approve')
  story.do(planner, 'opine', { fields: { floors: 2 } }, undefined, story.branch('planning'))
  story.do(officer, 'opine', {}, 'لا مانع', story.branch('power'))
  story.later(72).do(clerk, 'record', { fields: { letterNumber: '77' } })
  story.do(planner, 'appoint', { appointment: { from: story.at, to: new Date(story.at.getTime() + 1) } })
  story.do(planner, 'approve').do(mayor, 'approve', { session })
  story.do(system, 'parts-ended', { parts: [{ id: 'water', requestId: 'r', state: 'done' }] })
  story.do(system, 'run-effect')
  expect(story.projection).toMatchObject({ state: 'done', sessions: { council: session } })
  expect(story.open).toEqual([])
  expect(story.offered(manager)).toEqual(['reopen'])
})

describe('an answer given beside the task of an opinion', () => {
  it('is to what the step in hand asks', () => {
    const story = new Story(
      serviceOf([
        stepOf('opinions', 'opinions', {
          office: 'mayor',
          role: 'mayor',
          opinions: [opinionOf('power', 'electricity')],
        }),
        stepOf('question', 'confirmation'),
      ]),
    ).do(people.citizen, 'file')
    const opinion = story.branch('power')
    story.do(people.officer, 'opine', {}, 'لا مانع', opinion)
    expect(story.try(people.citizen, 'answer', { fields: { fixed: true } }, undefined, opinion)).toBe('ok')
    expect(story.projection.state).toBe('done')
  })
})
