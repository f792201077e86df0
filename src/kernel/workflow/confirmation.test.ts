import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { project, timesSentBack } from './index.ts'
import { complaint, people, serviceOf } from './testing/service.ts'
import { Story } from './testing/story.ts'
import { anyWalk, walk } from './testing/walk.ts'

const { citizen, stranger, system, clerk, officer, collector } = people
const after = { proofs: [{ id: 'after', documentId: 'photo-1' }] }
const yes = { fields: { fixed: true } }
const no = { fields: { fixed: false }, proofs: [{ id: 'now', documentId: 'photo-2' }] }

const asked = () =>
  new Story(complaint).do(citizen, 'file').do(clerk, 'approve').do(officer, 'approve', after)

describe('work that is shown', () => {
  const working = () => new Story(complaint).do(citizen, 'file').do(clerk, 'approve')

  it('is not finished without its proof', () => {
    const story = working()
    expect(story.ask(officer, 'approve', {}, undefined, story.task?.id)).toEqual({
      ok: false,
      code: 'proof-required',
      fields: ['after'],
    })
    expect(story.try(officer, 'approve', { proofs: [{ id: 'sky', documentId: 'x' }] })).toBe('unknown-proof')
    expect(story.try(officer, 'approve', after)).toBe('ok')
    expect(story.actions.at(-1)?.data.proofs).toEqual(after.proofs)
  })

  it('is done by the office that the condition names', () => {
    const story = working()
    expect(story.task?.office).toBe('electricity')
    const byWeb = new Story(complaint)
    Object.assign(byWeb.ctx, { channel: 'web' })
    byWeb.do(citizen, 'file').do(clerk, 'approve')
    expect(byWeb.task?.office).toBe('planning')
    expect(byWeb.try(officer, 'approve', after)).toBe('not-yours')
    expect(byWeb.try(people.planner, 'approve', after)).toBe('ok')
  })

  it('is refused on a ground decided beforehand, in words where the ground asks for them', () => {
    const story = new Story(complaint).do(citizen, 'file')
    expect(story.try(clerk, 'reject', {}, 'لأن')).toBe('ground-required')
    expect(story.try(clerk, 'reject', { ground: 'whim' })).toBe('unknown-ground')
    expect(story.try(clerk, 'reject', { ground: 'other' })).toBe('note-required')
    expect(story.try(clerk, 'reject', { ground: 'not-ours' })).toBe('ok')
    expect(story.actions.at(-1)?.data).toEqual({ ground: 'not-ours' })
  })
})

describe('the applicant is asked', () => {
  it('and the clock stands until they answer', () => {
    const story = asked()
    expect(story.projection).toMatchObject({ state: 'awaiting-answer', pausedAt: story.at })
    expect(story.messages).toEqual(['answer-asked'])
    // Sunday and five opening days: the holiday of the next Sunday is none of them.
    expect(story.task?.dueAt?.toISOString().slice(0, 10)).toBe('2026-11-16')
  })

  it('who alone answers, or the centre for them', () => {
    const story = asked()
    expect(story.offered(citizen)).toEqual(['answer'])
    expect(story.offered(clerk)).toEqual(['return', 'answer'])
    for (const who of [stranger, officer, collector]) expect(story.try(who, 'answer', yes)).toBe('not-yours')
    expect(story.try(system, 'answer', yes)).toBe('not-yours')
    expect(story.try(citizen, 'answer')).toBe('fields-required')
  })

  it('and yes ends it', () => {
    const story = asked().do(citizen, 'answer', yes)
    expect(story.projection.state).toBe('done')
    expect(story.messages).toEqual(['completed'])
    expect(timesSentBack(complaint, story.projection)).toBe(0)
  })

  it('and no leads back to the work, to the same officer, counted and promised anew', () => {
    const story = asked().later(100)
    expect(story.try(citizen, 'answer', { fields: { fixed: false } })).toBe('proof-required')
    story.do(citizen, 'answer', no)
    expect(story.projection).toMatchObject({ state: 'in-process', step: 'work', pausedAt: undefined })
    expect(story.messages).toEqual(['reopened'])
    expect(story.projection.dueAt?.getTime()).toBeGreaterThan(story.at.getTime())
    expect(timesSentBack(complaint, story.projection)).toBe(1)
    story.do(officer, 'approve', after).do(citizen, 'answer', no)
    expect(timesSentBack(complaint, story.projection)).toBe(2)
    story.do(officer, 'approve', after).do(citizen, 'answer', yes)
    expect(timesSentBack(complaint, story.projection)).toBe(2)
    expect(story.projection.state).toBe('done')
  })

  it('and silence ends it on its day, not before, whatever was answered an earlier time', () => {
    const story = asked().do(citizen, 'answer', no).do(officer, 'approve', after)
    expect(story.try(system, 'lapse')).toBe('not-yet')
    expect(story.try(citizen, 'lapse')).toBe('not-available')
    story.at = story.task?.dueAt ?? story.at
    story.do(system, 'lapse')
    expect(story.projection).toMatchObject({ state: 'done', stepFields: {} })
    expect(story.messages).toEqual(['lapsed'])
  })

  it('and reopening leads to the work, not to the question', () => {
    const story = asked().do(citizen, 'answer', yes)
    story.do(people.head, 'reopen', {}, 'عادت')
    expect(story.projection.step).toBe('work')
  })

  it('and the fold of what happened is what was stored, however often it went round', () => {
    fc.assert(
      fc.property(anyWalk, turns => {
        const story = new Story(complaint)
        walk(story, turns)
        expect(project(complaint, story.actions, story.ctx)).toEqual(story.projection)
        const answersNo = story.actions.filter(
          ({ name, data }) => name === 'answer' && data.fields?.fixed === false,
        )
        expect(timesSentBack(complaint, story.projection)).toBeGreaterThanOrEqual(answersNo.length)
      }),
      { numRuns: 300 },
    )
  })
})

it('without grounds the officer writes the reason', () => {
  const plain = new Story(serviceOf(complaint.definition.steps)).do(citizen, 'file')
  expect(plain.try(clerk, 'reject')).toBe('note-required')
  expect(plain.try(clerk, 'reject', { ground: 'not-ours' }, 'لأن')).toBe('ok')
  expect(plain.actions.at(-1)?.data).toEqual({})
})
