import { describe, expect, it } from 'vitest'
import { availableActs } from './table.ts'
import { people, serviceOf, stepOf, subscription } from './testing/service.ts'
import { Story } from './testing/story.ts'

const { citizen, clerk, officer, colleague, head, collector, manager, mayor, auditor, stranger, system } =
  people

const atSurvey = () => new Story(subscription).do(citizen, 'file').do(clerk, 'approve')

describe('the table', () => {
  it('offers nothing before filing', () => {
    expect(new Story(subscription).offered(manager)).toEqual([])
  })

  it('offers an officer the act that completes the step first, then what the step lists', () => {
    expect(atSurvey().offered(officer)).toEqual([
      'approve',
      'take',
      'return',
      'ask-papers',
      'refer',
      'defer',
      'reject',
    ])
  })

  it('offers no returning where there is nothing behind', () => {
    expect(new Story(subscription).do(citizen, 'file').offered(clerk)).not.toContain('return')
  })

  it('offers only what the step lists', () => {
    const bare = serviceOf([stepOf('check', 'review', { acts: [] })])
    expect(new Story(bare).do(citizen, 'file').offered(officer)).toEqual(['approve', 'take'])
  })

  it('shows a colleague what they could do, disabled, and the head that they may take it over', () => {
    const story = atSurvey().do(officer, 'take')
    expect(story.offered(colleague)).toContain('(approve)')
    expect(story.offered(colleague)).toContain('(take)')
    expect(story.offered(head)).toContain('take')
    expect(story.offered(head)).toContain('(approve)')
  })

  it('offers the citizen withdrawal, and their papers and payment when they are awaited', () => {
    const story = atSurvey()
    expect(story.offered(citizen)).toEqual(['withdraw'])
    story.do(officer, 'ask-papers', { papers: [{ id: 'deed', words: 'سند' }] })
    expect(story.offered(citizen)).toEqual(['supply-papers', 'withdraw'])
    const unpaid = new Story(subscription, ['before-filing']).do(citizen, 'file')
    expect(unpaid.offered(citizen)).toEqual(['pay', 'withdraw'])
    expect(unpaid.offered(collector)).toEqual(['pay'])
  })

  it('offers strangers, auditors and other offices nothing', () => {
    for (const who of [stranger, auditor, mayor]) expect(atSurvey().offered(who)).toEqual([])
  })

  it('says what a payment needs of whom', () => {
    const { service, projection } = new Story(subscription, ['before-filing']).do(citizen, 'file')
    const settle = (who: typeof manager | typeof system) =>
      availableActs(service, projection, who).find(({ name }) => name === 'pay')?.needs.settle
    expect(settle(collector)).toBe('receipt')
    expect(settle(system)).toBe('receipt')
    expect(settle(mayor)).toBe('exception')
  })

  it('asks the signer to prove who they are', () => {
    const story = new Story(serviceOf([stepOf('sign', 'signature')])).do(citizen, 'file')
    const sign = availableActs(story.service, story.projection, head, story.task)[0]
    expect(sign).toMatchObject({ name: 'sign', needs: { reconfirm: true } })
    expect(story.offered(officer)).toEqual([])
  })
})
