import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FeePoint } from '../definition/model.ts'
import { unfiled } from './project.ts'
import { nextStep, type RouteFacts } from './route.ts'
import { calendar, conditionNames, serviceOf, stepOf } from './testing/service.ts'
import { sunday } from './testing/story.ts'
import { ruleValues } from './turn.ts'

const facts = (executedSteps: string[] = [], unpaid: FeePoint[] = []): RouteFacts => ({
  values: ruleValues({}, sunday, { answers: {}, capacity: 'principal', channel: 'counter', calendar }),
  projection: { ...unfiled, executedSteps },
  unpaid: point => unpaid.includes(point),
})

describe('the way', () => {
  const service = serviceOf([
    stepOf('check', 'review', { next: [{ when: 'never', to: 'end' }] }),
    stepOf('extra', 'review', { when: 'never', next: [{ to: 'effect' }] }),
    stepOf('fee', 'payment'),
    stepOf('effect', 'effect'),
    stepOf('end', 'review'),
  ])
  const [check, , fee, effect, last] = service.definition.steps

  it('begins at the first step that applies', () => {
    expect(nextStep(service, undefined, facts())?.id).toBe('check')
  })

  it('goes on from a step passed over as if it had been done', () => {
    expect(nextStep(service, check, facts([], ['after-decision']))?.id).toBe('effect')
  })

  it('passes over an effect that has been run', () => {
    expect(nextStep(service, fee, facts(['effect']))?.id).toBe('end')
  })

  it('ends after the last step', () => {
    expect(nextStep(service, effect, facts())?.id).toBe('end')
    expect(nextStep(service, last, facts())).toBeUndefined()
  })

  it('does not turn for ever among steps that lead back and do not apply', () => {
    const ids = ['a', 'b', 'c', 'd']
    const anySteps = fc.tuple(
      ...ids.map(id =>
        fc
          .record({ to: fc.constantFrom(...ids), when: fc.constantFrom('never', ...conditionNames) })
          .map(({ to, when }) => stepOf(id, 'review', { when, next: [{ to }] })),
      ),
    )
    fc.assert(
      fc.property(anySteps, fc.nat({ max: 4 }), (steps, from) => {
        const found = nextStep(serviceOf(steps), steps[from], facts())
        expect(found === undefined || found.when === 'always').toBe(true)
      }),
    )
  })
})
