import { z } from 'zod'
import { addresses } from '../../lib/addresses.ts'
import { searchTokens } from '../../lib/arabic.ts'
import { dateIn } from '../../lib/calendar.ts'
import { InvalidInput } from '../../lib/errors.ts'
import { type Call, idParam, read } from '../../web/call.ts'
import { acts, looks } from '../../web/route.ts'
import { lookInto } from '../looks/index.ts'
import { usagesOf } from '../oversight/index.ts'
import { findPersonByIdNumber, searchPeople } from '../people/index.ts'
import { duesOf, duesTotals } from '../treasury/index.ts'
import { endpoint } from './endpoint.ts'
import { pointer } from './faults.ts'
import { keyOf } from './key.ts'
import { policies } from './limits.ts'
import { day, id, localized, money, moneyOut } from './shapes.ts'
import { causeToSee } from './store.ts'

const lookup = z
  .strictObject({
    idNumber: z.string().max(40).optional().describe('number of the identity card, passport or company'),
    name: z.string().max(120).optional().describe('at least two words of the name'),
    cause: z.string().trim().min(8).max(300).describe('why; the person reads it'),
  })
  .describe('either the number or the name')

const person = z.object({
  id,
  name: z.string(),
  kind: z.enum(['natural', 'organisation']),
  birthYear: z.int().optional(),
  maskedId: z.string().optional().describe('the last figures, to tell namesakes apart'),
  quarter: z.string().optional(),
})

const usages = z.object({
  usage: z.array(
    z.object({
      logtime: z.iso.datetime().describe('when, in UTC; newest first'),
      action: z.string().describe('what was done, by its stable name'),
      receiver: z.string().describe('the office or institution that received the data'),
      role: z.string().optional().describe('what whoever looked is; their name where the town has it shown'),
      ground: z.string().optional().describe('whereby it was allowed; absent for an act'),
      cause: z.string().optional(),
      request: z.string().optional().describe('4178/2026'),
    }),
  ),
})

const window = z.object({
  offset: z.coerce.number().int().min(1).max(10_000).default(1).describe('the first entry is 1'),
  limit: z.coerce.number().int().min(1).max(100).default(100),
})

const dues = z.object({
  person: id,
  dues: z.array(
    z.object({
      charge: id,
      account: z.string(),
      kind: z.string(),
      label: localized,
      amount: money.describe('still to be paid'),
      due: day,
      overdue: z.boolean(),
      source: z
        .enum(['own', 'imported'])
        .describe('imported: as of a day, from a program the town had before'),
      asOf: day.optional(),
      request: id.optional(),
    }),
  ),
  totals: z.array(money).describe('one sum for each currency'),
})

/** Fewer words than this find half the town. */
const fewestWords = 2

const askedFor =
  'people are asked for by number or name and for a cause, are told, and stay open to the program for a day'

export const peopleEndpoints = [
  endpoint({
    method: 'post',
    address: addresses.apiPeopleLookup,
    scope: 'people:read',
    house: askedFor,
    audit: acts('api.lookup'),
    summary: 'Find a person by number or name, for a cause',
    description: 'Each person found is told who asked and why. A program may go on with them for a day.',
    policy: policies.people,
    body: lookup,
    answer: z.object({ people: z.array(person) }),
    handle: async (call, { body }) => {
      const people = await find(call, body)
      await read(call, async tx => {
        for (const { id: personId } of people)
          await lookInto(call, tx, {
            personId,
            subjectKind: 'person',
            subjectId: personId,
            cause: body.cause,
          })
      })
      return { people }
    },
  }),
  endpoint({
    method: 'get',
    address: addresses.apiPersonUsages,
    scope: 'looks:read',
    audit: looks('api.usages'),
    summary: 'Who used a person’s data, after a lookup',
    description:
      'The shape of Estonia’s data tracker (findUsage): logtime, action, receiver; the rest is ours. Fewer entries than the limit: no more.',
    query: window,
    answer: usages,
    handle: async (call, { query }) => {
      const personId = idParam(call, 'person')
      const usage = await read(call, async tx => {
        const cause = await causeToSee(tx, keyOf(call), personId)
        await lookInto(call, tx, { personId, subjectKind: 'looks', subjectId: personId, cause })
        // A national portal shows people every use of their data, whoever it was by.
        return usagesOf(tx.asHouse('a portal of the person’s own shows every use of their data'), personId, {
          ...query,
          locale: call.locale,
        })
      })
      return { usage }
    },
  }),
  endpoint({
    method: 'get',
    address: addresses.apiPersonDues,
    scope: 'people:read',
    house: askedFor,
    audit: looks('api.dues'),
    summary: 'What a person owes, after a lookup',
    answer: dues,
    handle: async call => {
      const personId = idParam(call, 'person')
      const today = dateIn(call.now, call.town.timeZone)
      const owed = await read(call, async tx => {
        const cause = await causeToSee(tx, keyOf(call), personId)
        await lookInto(call, tx, { personId, subjectKind: 'dues', subjectId: personId, cause })
        return duesOf(tx, personId, today)
      })
      return {
        person: personId,
        dues: owed.map(due => ({
          charge: due.chargeId,
          account: due.accountNumber,
          kind: due.dueKind,
          label: due.label,
          amount: moneyOut(due.amount),
          due: due.dueOn,
          overdue: due.overdue,
          source: due.source,
          asOf: due.asOf,
          request: due.requestId,
        })),
        totals: duesTotals(owed).map(moneyOut),
      }
    },
  }),
]

async function find(
  call: Call,
  { idNumber, name }: z.output<typeof lookup>,
): Promise<z.input<typeof person>[]> {
  const { crypto } = call.house
  if ((idNumber === undefined) === (name === undefined))
    throw new InvalidInput([
      { field: pointer(idNumber === undefined ? 'idNumber' : 'name'), code: 'one-of-two' },
    ])
  if (idNumber !== undefined) {
    const found = await read(call, tx => findPersonByIdNumber(tx, crypto, idNumber))
    return found ? [{ id: found.id, name: found.displayName, kind: found.kind }] : []
  }
  if (searchTokens(name ?? '').length < fewestWords)
    throw new InvalidInput([{ field: pointer('name'), code: 'too-few', values: { min: fewestWords } }])
  const found = await read(call, tx => searchPeople(tx, crypto, name ?? '', { limit: 10 }))
  return found.map(({ id, displayName, kind, birthYear, maskedId, quarter }) => ({
    id,
    name: displayName,
    kind,
    maskedId,
    quarter,
    ...(birthYear !== undefined && { birthYear }),
  }))
}
