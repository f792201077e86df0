import { describe, expect, test } from 'vitest'
import { workedMinutes } from './pace.ts'
import { people, serviceOf, stepOf } from './testing/service.ts'
import { Story } from './testing/story.ts'

const service = serviceOf([
  stepOf('review', 'review'),
  stepOf('payment', 'payment', { feePoint: 'before-execution' }),
  stepOf('decision', 'decision'),
])
const took = (story: Story) => workedMinutes(service, story.actions, story.ctx)

describe('how long a request took', () => {
  test('counts opening hours from its acceptance to its end', () => {
    const story = new Story(service).do(people.citizen, 'file')
    story.later(2).do(people.officer, 'approve')
    // Over a night: the office is open from 8 to 15.
    story.later(24).do(people.head, 'approve')
    expect(story.projection.state).toBe('done')
    expect(took(story)).toBe(2 * 60 + 7 * 60)
  })

  test('leaves out what it waited for the citizen', () => {
    const story = new Story(service, ['before-execution']).do(people.citizen, 'file')
    story.later(1).do(people.officer, 'ask-papers', { papers: [{ id: 'deed', words: 'السند' }] })
    story.later(48).do(people.citizen, 'supply-papers', { supplied: ['deed'] })
    story.later(1).do(people.officer, 'approve')
    expect(story.projection.state).toBe('awaiting-fee')
    story.later(3).pay()
    story.later(1).do(people.head, 'approve')
    expect(took(story)).toBe(3 * 60)
  })

  test('does not begin before the fee of filing is paid', () => {
    const story = new Story(service, ['before-filing']).do(people.citizen, 'file')
    story.later(5).pay()
    story.later(1).do(people.officer, 'approve')
    story.later(0.25).do(people.head, 'approve')
    expect(took(story)).toBe(75)
  })

  test('goes on when it is reopened, without the time it was closed', () => {
    const story = new Story(service).do(people.citizen, 'file')
    story.later(1).do(people.officer, 'approve')
    story.later(1).do(people.head, 'approve')
    story.later(24).do(people.manager, 'reopen', {}, 'نسينا ورقة')
    expect(took(story)).toBeUndefined()
    story.later(1).do(people.head, 'approve')
    expect(took(story)).toBe(3 * 60)
  })
})
