import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { filingBody, type Ground } from '../bench/ground.ts'
import { pictureOf } from './picture.ts'

/** What a client was told and may count on from then on. */
export type Acknowledged =
  | { kind: 'request'; mark: string; id: string; number: string }
  | { kind: 'receipt'; mark: string; request: string; charge: string; number: string }
  | { kind: 'file'; mark: string; document: string; sha256: string }

export type Clients = {
  acknowledged: Acknowledged[]
  /** Filings sent at least once, by their mark, whether or not an answer came. */
  begun: string[]
  /** Answers to a repetition that were not the first one's. */
  contradictions: string[]
  /** How often something had to be sent again. */
  retries: number
  /** Why, and how often. */
  why: Map<string, number>
  /** From now on another server is asked. */
  turnTo(port: number): void
  /** Lets everything begun come to its end. */
  finish(): void
  /** Whoever waits for an answer gets none any more: the machine is gone for good. */
  abandon(): void
  /** Resolves when all have ended, rejects as soon as one met what it cannot go on from. */
  finished: Promise<unknown>
}

type Answer = { status: number; body: Record<string, unknown> }

const patienceMs = 8_000
/** Nothing that was begun may stay without an answer longer than this once the killing has ended. */
const lastMs = 60_000

/** Programs of a partner that file and pay, send again with the same key after every failure, and write down what they were told. */
export function startClients(
  ground: Pick<Ground, 'apiKey' | 'people'>,
  port: number,
  count: number,
): Clients {
  let at = port
  let ending: number | undefined
  const finish = () => {
    ending = performance.now()
  }
  let abandoned = false
  const abandon = () => {
    abandoned = true
  }
  const told = {
    acknowledged: [],
    begun: [],
    contradictions: [],
    retries: 0,
    why: new Map(),
    turnTo: (next: number) => {
      at = next
    },
    finish,
    abandon,
  } as unknown as Clients
  told.finished = Promise.all(Array.from({ length: count }, (_, line) => work(line)))
  return told

  async function work(line: number): Promise<void> {
    for (let turn = 0; ending === undefined; turn++) {
      const person = ground.people[(line + turn * count) % ground.people.length]
      if (!person) throw new Error('nobody to file for')
      const mark = `${line}-${turn}`
      // A third brings its paper along; the others name one that is there.
      const documentId = turn % 3 === 0 ? await upload(mark) : person.documentId
      told.begun.push(mark)
      const filed = await insist(addresses.apiRequests, filingBody({ ...person, documentId }, mark))
      const id = String(filed.id)
      told.acknowledged.push({ kind: 'request', mark, id, number: String(filed.number) })
      const charge = await chargeOf(id)
      if (!charge) continue
      const body = { charges: [charge], payer: { person: person.personId } }
      const receipt = await insist(addresses.apiPayments, body)
      told.acknowledged.push({
        kind: 'receipt',
        mark,
        request: id,
        charge: charge.charge,
        number: String(receipt.number),
      })
    }
  }

  async function upload(mark: string): Promise<string> {
    const bytes = pictureOf(mark)
    const key = randomUUID()
    const { document, sha256 } = await until(
      () => ask('POST', fillAddress(addresses.apiFiles, {}), key, bytes),
      201,
    )
    told.acknowledged.push({ kind: 'file', mark, document: String(document), sha256: String(sha256) })
    return String(document)
  }

  /** Sends until it is answered, and now and then once more: the answer must be the same. */
  async function insist(
    address: typeof addresses.apiRequests | typeof addresses.apiPayments,
    body: unknown,
  ): Promise<Record<string, unknown>> {
    const key = randomUUID()
    const first = await until(() => ask('POST', fillAddress(address, {}), key, body), 201)
    if (key.endsWith('0')) {
      const again = await until(() => ask('POST', fillAddress(address, {}), key, body), 201)
      if (!isDeepStrictEqual(again, first))
        told.contradictions.push(`${JSON.stringify(first)} and then ${JSON.stringify(again)}`)
    }
    return first
  }

  async function chargeOf(id: string): Promise<{ charge: string; amount: unknown } | undefined> {
    const path = fillAddress(addresses.apiRequest, { id })
    const { charges } = (await until(() => ask('GET', path), 200)) as {
      charges: { charge: string; open: unknown }[]
    }
    const [first] = charges
    return first && { charge: first.charge, amount: first.open }
  }

  async function until(send: () => Promise<Answer>, wanted: number): Promise<Record<string, unknown>> {
    for (;;) {
      if (abandoned) await new Promise(() => {})
      let error = ''
      const answer = await send().catch(thrown => {
        error =
          `${(thrown as Error).name} ${((thrown as Error).cause as Error | undefined)?.message ?? ''}`.trim()
        return undefined
      })
      if (answer?.status === wanted) return answer.body
      // What the server refuses for good would be refused for ever: the fault is in what is tried here.
      if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429)
        throw new Error(`refused with ${answer.status}: ${JSON.stringify(answer.body)}`)
      if (ending !== undefined && performance.now() - ending > lastMs)
        throw new Error(`no answer within ${lastMs / 1000} s after the last kill`)
      told.retries += 1
      const reason = answer ? `${answer.status} ${answer.body.code ?? ''}`.trim() : error
      told.why.set(reason, (told.why.get(reason) ?? 0) + 1)
      await sleep(20 + Math.random() * 80)
    }
  }

  async function ask(method: string, path: string, key?: string, body?: unknown): Promise<Answer> {
    const isFile = Buffer.isBuffer(body)
    const answer = await fetch(`http://127.0.0.1:${at}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ground.apiKey}`,
        ...(body !== undefined && { 'content-type': isFile ? 'image/png' : 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
}
