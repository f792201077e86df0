import { sql } from 'kysely'
import { apiRoutes } from '../../src/offices/api/index.ts'
import { addApiKey } from '../../src/offices/people/index.ts'
import { registerRequests } from '../../src/offices/requests/index.ts'
import { openTownDirectory } from '../../src/web/town.ts'
import type { TestDatabase } from '../database.ts'
import { aDoor } from './door.ts'
import { aPdf } from './files.ts'
import { aHouse } from './house.ts'
import { aPerson, aTown, builder } from './people.ts'
import { aWorkingTown, completeAnswers } from './requests.ts'

export const scopes = [
  'catalogue:read',
  'requests:read',
  'requests:write',
  'people:read',
  'looks:read',
  'payments:write',
  'messages:read',
]

export type Answer = {
  status: number
  headers: Headers
  json: Record<string, never> & { [key: string]: unknown }
}

type Asking = { as?: string; headers?: Record<string, string> }

export const api = (path: string): string => `/api/v1${path}`

let keys = 0
/** An idempotency key no other call has used. */
export const freshKey = (): string => `test-key-${++keys}`

/** A working town, a person in it, and programs of three partners that ask at its door. */
export async function aProgram(db: TestDatabase) {
  const house = aHouse(db)
  const door = aDoor(house, apiRoutes)
  const town = await aTown(db)
  const bench = { house, town }
  await aWorkingTown(bench)
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  const person = await aPerson({ house, town: town.id })
  const addKey = (name: string, of = scopes) =>
    db.database.write(town.id, tx => addApiKey(tx, name, of, builder))
  const [key, otherKey, strangeKey] = [
    await addKey('سلطة المياه'),
    await addKey('بنك'),
    await addKey('شركة اتصالات'),
  ]

  const toAnswer = async (answer: Response): Promise<Answer> => ({
    status: answer.status,
    headers: answer.headers,
    json: (await answer.json()) as Answer['json'],
  })

  /** Asks with the first program's key, unless told: a POST where there is a body. */
  async function ask(path: string, body?: unknown, { as = key, headers = {} }: Asking = {}): Promise<Answer> {
    const sent = typeof body === 'string' ? body : JSON.stringify(body)
    const ofBody = { 'content-type': 'application/json', 'idempotency-key': freshKey() }
    const all = { authorization: `Bearer ${as}`, ...(body === undefined ? {} : ofBody), ...headers }
    return toAnswer(await door.knock(path, { headers: all, ...(sent === undefined ? {} : { body: sent }) }))
  }

  async function send(
    body: Uint8Array | FormData,
    headers: Record<string, string> = {},
    query = '',
  ): Promise<Answer> {
    return toAnswer(
      await door.knock(api('/files') + query, {
        headers: { authorization: `Bearer ${key}`, ...headers },
        body,
      }),
    )
  }

  /** Sends a PDF; gives the id of its document. */
  async function aPaper(as = key): Promise<string> {
    const { json } = await send(aPdf(), { authorization: `Bearer ${as}` }, '?name=id.pdf&kind=identity-card')
    return String(json.document)
  }

  const filing = (document: string, over: Record<string, unknown> = {}) => ({
    service: 'ADM-01',
    applicant: person.id,
    answers: completeAnswers['ADM-01'],
    papers: [{ paper: 'id-copy', document }],
    ...over,
  })

  async function aRequest(as = key): Promise<{ id: string; number: string }> {
    const { status, json } = await ask(api('/requests'), filing(await aPaper(as)), { as })
    if (status !== 201) throw new Error(`a test files nothing: ${JSON.stringify(json)}`)
    return json as unknown as { id: string; number: string }
  }

  const lookUp = () =>
    ask(api('/people/lookup'), { idNumber: person.idNumber, cause: 'دفع ذمة في مكتب البريد' })

  /** Pays all that is open of a request. */
  async function pay({ id }: { id: string }): Promise<Answer> {
    const { json } = await ask(api(`/requests/${id}`))
    const charges = json.charges as unknown as {
      charge: string
      open: { amount: string; currency: string }
    }[]
    const lines = charges.map(({ charge, open }) => ({ charge, amount: open }))
    return ask(api('/payments'), { charges: lines, payer: { person: person.id } })
  }

  /** How many rows there are: the same before and after where nothing is to be written. */
  async function counts() {
    const { rows } = await sql<Record<string, number>>`
      select (select count(*)::int from request) as requests, (select count(*)::int from document) as documents,
             (select count(*)::int from receipt) as receipts, (select count(*)::int from idempotency) as keys,
             (select count(*)::int from request_action) as actions, (select count(*)::int from audit) as audits`.execute(
      db.owner,
    )
    return rows[0]
  }

  return {
    house,
    town,
    bench,
    door,
    person,
    key,
    otherKey,
    strangeKey,
    addKey,
    ask,
    send,
    aPaper,
    filing,
    aRequest,
    lookUp,
    pay,
    counts,
  }
}
