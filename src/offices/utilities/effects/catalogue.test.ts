import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import {
  type Answer,
  type Answers,
  type Example,
  parseService,
  type ServiceDefinition,
} from '../../../kernel/definition/index.ts'
import { newId } from '../../../lib/ids.ts'
import { isCurrency, parseAmount } from '../../../lib/money.ts'
import { listServiceFiles } from '../../catalogue/files.ts'
import { effectNamed } from '../../requests/desk.ts'
import { effectReads, getRequest } from '../../requests/index.ts'
import { accountFor } from '../../treasury/index.ts'
import { registerUtilities } from '../register.ts'
import { eventsOf, getByNumber, insertSubscription } from '../store.ts'
import { suspend } from './suspend.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench

registerUtilities()
const { files, commons } = await listServiceFiles()
const services = files.flatMap(({ source }) => {
  const read = parseService(source, commons)
  return read.ok ? [read.definition] : []
})
const ours = services.flatMap(definition =>
  definition.steps.flatMap((step, at) =>
    step.effect?.startsWith('utilities.') ? [{ definition, step, at, effect: step.effect }] : [],
  ),
)

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ADM-05'])
})

/** The first case that carries a step out, with all that was answered and filled in until then. */
function toldIn(definition: ServiceDefinition, stepId: string): Answers | undefined {
  for (const example of definition.examples ?? []) {
    if (!example.expect.way.includes(stepId)) continue
    const filled = fieldsUntil(example, stepId)
    if (filled) return { ...example.answers, ...filled }
  }
  return undefined
}

function fieldsUntil({ acts, expect: came }: Example, stepId: string): Answers | undefined {
  const at = acts.findLastIndex(act => (typeof act === 'string' ? act : act.step) === stepId)
  // What the system does by itself no case says; then all before the end was known.
  const until = at < 0 && came.state === 'done' ? acts.length : at + 1
  const filled = acts.slice(0, until).flatMap(act => (typeof act === 'string' ? [] : [act.fields ?? {}]))
  return until === 0 ? undefined : Object.assign({}, ...filled)
}

/** Amounts as examples write them, '27.50 ILS', made what a page would have read. */
const asRead = (told: Answers): Answers =>
  Object.fromEntries(Object.entries(told).map(([id, answer]) => [id, amountIn(answer)]))

function amountIn(answer: Answer | undefined): Answer | undefined {
  if (typeof answer !== 'string') return answer
  const [figures = '', currency = ''] = answer.split(' ')
  const amount = isCurrency(currency) ? parseAmount(figures, currency) : undefined
  return amount?.ok ? amount.value : answer
}

describe('services that name an effect of the utilities', () => {
  test.each(ours.map(each => [each.definition.code, each.effect, each] as const))(
    '%s asks for all that %s reads',
    (_code, effect, { definition, at }) => {
      const asked = [
        ...definition.form.pages.flatMap(page => page.fields),
        ...definition.steps.slice(0, at + 1).flatMap(step => step.fields ?? []),
      ].map(({ id }) => id)
      expect(asked).toEqual(expect.arrayContaining([...(effectReads().get(effect) ?? ['no such effect'])]))
    },
  )

  test.each(ours.map(each => [each.definition.code, each.effect, each] as const))(
    '%s gives %s what it can carry out',
    async (_code, effect, { definition, step }) => {
      const told = toldIn(definition, step.id)
      if (!told) throw new Error(`no case of ${definition.code} carries ${step.id} out`)
      const person = await aPerson({ house, town: bench.town.id })
      const taker = await aPerson({ house, town: bench.town.id })
      const account = definition.form.pages
        .flatMap(page => page.fields)
        .find(({ kind }) => kind === 'account')
      const utility = account?.accountKind === 'water' ? 'water' : 'electricity'
      const number = `${definition.code}-${step.id}`
      const { requestId } = await aFiledRequest(bench, person.id, { serviceCode: 'ADM-05' })
      const events = await db.database.write(bench.town.id, async tx => {
        const id = newId(tx.now)
        const { id: accountId } = await accountFor(tx, {
          objectKind: 'subscription',
          objectId: id,
          kind: utility,
          holderId: person.id,
          from: '2025-01-01',
        })
        await insertSubscription(tx, {
          id,
          number,
          utility,
          phases: 1,
          amperes: 25,
          billing: account?.billing ?? 'billed',
          meterNumber: 'BEFORE-1',
          address: { block: '3', quarter: '', parcel: '8', landmark: '' },
          accountId,
          holderId: person.id,
          capacity: 'holder',
          from: '2025-01-01',
          requestId: undefined,
        })
        const request = await getRequest(tx, requestId, true)
        const stepFields = {
          ...asRead(told),
          ...(account && { [account.id]: number }),
          ...('newHolder' in told && { newHolder: taker.idNumber }),
          // The cases are of February, the clock of tests stands in March.
          ...('until' in told && { until: '2026-12-31' }),
        }
        const done = { ...request, projection: { ...request.projection, stepFields } }
        const of = { request: done, service: undefined as never, by: person.id }
        const before = { ...of, request: { ...done, id: newId(tx.now) } }
        if (effect.includes('.activate-')) await suspend(utility)(tx, bench, before)
        if (effect.endsWith('.close-temporary')) await effectNamed('utilities.open-temporary')(tx, bench, of)
        await effectNamed(effect)(tx, bench, of)
        const opens = effect.includes('.open-') || effect.endsWith('-temporary')
        return opens ? [] : eventsOf(tx, (await getByNumber(tx, utility, number)).id)
      })
      if (account) expect(events.length).toBeGreaterThan(0)
    },
  )
})
