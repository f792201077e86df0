import fc from 'fast-check'
import { expect, it } from 'vitest'
import { workingMinutesBetween } from '../../lib/calendar.ts'
import { type Sheet, sheetOf, simulate } from '../form/index.ts'
import type { Projection } from '../workflow/model.ts'
import { project, unfiled } from '../workflow/project.ts'
import { isEnded } from '../workflow/route.ts'
import { calendar } from '../workflow/testing/service.ts'
import { Story } from '../workflow/testing/story.ts'
import { anyWalk, finish, sights, walk } from '../workflow/testing/walk.ts'
import { samplesOf } from './checks/cases/samples.ts'
import {
  type Answers,
  type CompiledService,
  checkService,
  compileService,
  parseService,
  type RuleValues,
  type ServiceDefinition,
  stopsPublishing,
} from './index.ts'
import { answerFields } from './scope.ts'
import { anyDefinition, randomTown } from './testing/random.ts'

const faultsOf = (definition: ServiceDefinition) => stopsPublishing(checkService(definition, randomTown))
const sound = anyDefinition.filter(definition => faultsOf(definition).length === 0)

const picks = fc.array(fc.nat(60), { minLength: 9, maxLength: 9 })
const constants = { texts: ['a', 'b'], numbers: [3, 12], dates: ['2026-05-15'] }
const today = '2026-11-08'

/** An answer for every question, asked or not; the optional ones at times left open. */
const answersBy = (definition: ServiceDefinition, choices: readonly number[]): Answers =>
  Object.fromEntries(
    answerFields(definition).flatMap((field, i) => {
      const samples = samplesOf(field, constants, today)
      const pick = choices[i % choices.length] ?? 0
      return field.optional && pick % 4 === 0 ? [] : [[field.id, samples[pick % samples.length]]]
    }),
  )

function valuesOf(service: CompiledService, choices: readonly number[], agent: boolean): RuleValues {
  const who = { capacity: agent ? 'agent' : 'principal', channel: 'counter', today } as const
  const { pruned } = simulate(service, answersBy(service.definition, choices), who)
  return { ...who, answers: pruned, stepFields: {} }
}

/** One request under a definition in order, with what is owed by its own rules. */
function storyOf(service: CompiledService, choices: readonly number[], agent: boolean): Story {
  const values = valuesOf(service, choices, agent)
  const owed = service.fees
    .filter(fee => fee.applies(values) && fee.amount(values).minor > 0)
    .map(({ at }) => at)
  const story = new Story(service, owed)
  story.ctx = { ...story.ctx, answers: values.answers, capacity: values.capacity, channel: 'counter' }
  return story
}

it('a good share of definitions nobody wrote passes the checks, and each is read back as it was', () => {
  const drawn = fc.sample(anyDefinition, { numRuns: 100, seed: 7 })
  const passed = drawn.filter(definition => faultsOf(definition).length === 0)
  expect(passed.length).toBeGreaterThan(40)
  for (const definition of drawn) {
    const read = parseService(JSON.stringify({ format: 1, ...definition }))
    expect(read.ok ? read.definition : read.faults).toEqual(definition)
  }
})

it('whatever passes the checks compiles, and every fee it asks for comes to an amount', () => {
  fc.assert(
    fc.property(sound, picks, fc.boolean(), (definition, choices, agent) => {
      const service = compileService(definition, randomTown)
      const values = valuesOf(service, choices, agent)
      for (const fee of service.fees) if (fee.applies(values)) expect(fee.amount(values).currency).toBe('ILS')
    }),
    { numRuns: 60 },
  )
})

it('what was answered to a question that is not asked reaches no fee, no paper and no letter', () => {
  const told = (service: CompiledService, values: RuleValues) => ({
    fees: service.fees.map(fee => fee.applies(values) && fee.amount(values).minor),
    papers: service.papers.map(paper => paper.applies(values)),
    sheets: service.definition.outputs.map((output): Sheet => sheetOf(service, output, values)),
  })
  fc.assert(
    fc.property(sound, picks, picks, (definition, choices, others) => {
      const service = compileService(definition)
      const values = valuesOf(service, choices, false)
      const noise = answersBy(definition, others)
      const asked = Object.fromEntries(
        answerFields(definition).flatMap(({ id }) =>
          id in values.answers
            ? [[id, values.answers[id]]]
            : isAsked(service, values, id)
              ? []
              : [[id, noise[id]]],
        ),
      )
      const again = simulate(service, asked, values)
      expect(again.pruned).toEqual(values.answers)
      expect(told(service, { ...values, answers: again.pruned })).toEqual(told(service, values))
    }),
    { numRuns: 60 },
  )
})

const isAsked = (service: CompiledService, values: RuleValues, id: string) =>
  service.pages.some(
    page => page.applies(values) && page.fields.some(field => field.id === id && field.applies(values)),
  )

/** It has ended, or somebody is named who can go on: people of an office, the citizen, others outside. */
function isSomebodysTurn(story: Story): void {
  if (isEnded(story.projection)) return
  const acts = sights(story).flatMap(sight => sight.acts)
  const moving = acts.filter(
    ({ name, disabledBecause }) =>
      disabledBecause === 'fee-unpaid' || (!disabledBecause && name !== 'withdraw' && name !== 'take'),
  )
  expect(moving, `${story.projection.state} at ${story.projection.step}`).not.toEqual([])
}

function standsWhilePaused({ at, projection, messages, actions }: Story, before: Projection): void {
  if (!before.dueAt || !projection.dueAt || messages.includes('deadline-moved')) return
  // Sent back by the applicant, it is promised anew.
  if (actions.at(-1)?.name === 'answer' && messages.includes('reopened')) return
  const stood = before.pausedAt ?? before.closedAt
  const stands = before.pausedAt && projection.pausedAt?.getTime() === before.pausedAt.getTime()
  if (stood === undefined || stands) {
    expect(projection.dueAt).toEqual(before.dueAt)
    return
  }
  const left = workingMinutesBetween(calendar, stood, before.dueAt)
  expect(workingMinutesBetween(calendar, at, projection.dueAt)).toBeCloseTo(left, 1)
}

it('under definitions that pass, every walk leads to an end or to somebody, by deadlines that stand while paused', () => {
  fc.assert(
    fc.property(sound, picks, fc.boolean(), anyWalk, (definition, choices, agent, turns) => {
      const story = storyOf(compileService(definition), choices, agent)
      let before = unfiled
      walk(story, turns, () => {
        isSomebodysTurn(story)
        standsWhilePaused(story, before)
        before = story.projection
      })
      const { service, actions, ctx, projection } = story
      expect(project(service, actions, ctx)).toEqual(projection)
      finish(story)
      expect(isEnded(story.projection), `${story.projection.state} at ${story.projection.step}`).toBe(true)
    }),
    { numRuns: 80 },
  )
})
