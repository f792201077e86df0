import { z } from 'zod'
import type { CompiledService } from '../../kernel/definition/index.ts'
import { addresses } from '../../lib/addresses.ts'
import { dateIn } from '../../lib/calendar.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Money } from '../../lib/money.ts'
import { type Call, param } from '../../web/call.ts'
import { nothing } from '../../web/route.ts'
import { standingOf } from '../requests/index.ts'
import { formSchema } from './answers.ts'
import { endpoint } from './endpoint.ts'
import { localized, money, moneyOut } from './shapes.ts'

const line = {
  code: z.string(),
  version: z.int(),
  group: z.string(),
  name: localized,
  summary: localized,
}

const fee = z.object({
  id: z.string(),
  name: localized,
  at: z.enum(['before-filing', 'before-study', 'after-decision', 'before-execution', 'before-handover']),
  currency: z.string(),
  formula: z.string().describe('FEEL; names answers and `tariff.KEY`'),
  when: z.string().optional(),
  refundable: z.boolean(),
})

const paper = z.object({
  id: z.string(),
  name: localized,
  hint: localized.optional(),
  kind: z.string(),
  accept: z.array(z.string()),
  optional: z.boolean(),
  when: z.string().optional().describe('FEEL over the answers; asked for only where it holds'),
  validDays: z.int().optional(),
  original: z.boolean(),
})

const service = z.object({
  ...line,
  guide: z.object({
    office: z.string(),
    time: z.object({ value: z.number(), unit: z.string(), confirmed: z.boolean() }),
    legalBasis: localized,
    procedure: z.array(localized),
  }),
  channels: z.array(z.string()),
  capacities: z.array(z.string()),
  form: z.record(z.string(), z.unknown()).describe('JSON Schema of `answers`'),
  papers: z.array(paper),
  known: z.array(z.object({ id: z.string(), name: localized, source: localized })),
  fees: z.array(fee),
  tariffs: z.record(z.string(), money).describe('amounts in force today'),
})

/** What the town's filings rest on today, a few seconds old at most. */
export const standingFor = ({ house, town, now }: Call) =>
  standingOf(house, town.id, dateIn(now, town.timeZone))

const audit = nothing('the guide is public; it says nothing of anybody')

export const serviceEndpoints = [
  endpoint({
    method: 'get',
    address: addresses.apiServices,
    scope: 'catalogue:read',
    audit,
    summary: 'Services of the town',
    query: z.object({ q: z.string().max(100).default('').describe('words to search for') }),
    answer: z.object({ items: z.array(z.object(line)) }),
    handle: async (call, { query }) => {
      const { catalogue } = await standingFor(call)
      return { items: catalogue.search(query.q).map(each => lineOf(each.service)) }
    },
  }),
  endpoint({
    method: 'get',
    address: addresses.apiService,
    scope: 'catalogue:read',
    audit,
    summary: 'One service: guide, form, papers, fees and today’s amounts',
    answer: service,
    handle: async call => {
      const { catalogue, tariffs } = await standingFor(call)
      const found = catalogue.find(param(call, 'code'))
      if (!found || found.retired) throw new NotFound('no-such-service')
      return serviceOut(found.service, {
        ...found.service.tariffsOn(dateIn(call.now, call.town.timeZone)),
        ...tariffs,
      })
    },
  }),
]

function lineOf({ definition: { code, version, group, name, summary } }: CompiledService) {
  return { code, version, group, name, summary }
}

function serviceOut(of: CompiledService, tariffs: Record<string, Money>): z.input<typeof service> {
  const { guide, channels, applicants, papers, known, fees } = of.definition
  const formulas = fees.map(each => each.amount).join(' ')
  return {
    ...lineOf(of),
    guide,
    channels,
    capacities: applicants,
    form: formSchema(of),
    papers: papers.map(({ optional = false, original = false, ...rest }) => ({
      ...rest,
      optional,
      original,
    })),
    known,
    fees: fees.map(({ id, name, at, currency, amount, when, refundable = false }) => ({
      id,
      name,
      at,
      currency,
      formula: amount,
      refundable,
      ...(when !== undefined && { when }),
    })),
    tariffs: Object.fromEntries(
      Object.entries(tariffs).flatMap(([key, amount]) =>
        formulas.includes(`tariff.${key}`) ? [[key, moneyOut(amount)]] : [],
      ),
    ),
  }
}
