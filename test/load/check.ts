import type { Told } from './shape.ts'

/** What does not agree between what clients were told and what is there. */
export type Verdict = { lost: string[]; doubled: string[]; wrong: string[] }

export type RequestRow = { id: string; number: string; mark: string }
export type ReceiptRow = { id: string; request: string; charges: string[] }
export type ActRow = { request: string; name: string; times: number }
export type There = { requests: RequestRow[]; receipts: ReceiptRow[]; acts: ActRow[] }

type OfKind<K extends Told['kind']> = Extract<Told, { kind: K }>

/** Compares: everything told is there as it was told, once, and nothing is there that nobody asked for. */
export function judge(told: readonly Told[], begun: readonly string[], there: There): Verdict {
  const verdict: Verdict = { lost: [], doubled: [], wrong: [] }
  const of = <K extends Told['kind']>(kind: K) => told.filter((each): each is OfKind<K> => each.kind === kind)
  judgeRequests(of('request'), new Set(begun), there.requests, verdict)
  judgeReceipts(of('receipt'), there.receipts, verdict)
  judgeActs(of('act'), there.acts, verdict)
  return verdict
}

function judgeRequests(
  told: OfKind<'request'>[],
  begun: ReadonlySet<string>,
  there: RequestRow[],
  { lost, doubled, wrong }: Verdict,
): void {
  const byId = new Map(there.map(row => [row.id, row]))
  for (const each of told) {
    const row = byId.get(each.id)
    if (!row) lost.push(`request ${each.number} of ${each.mark}`)
    else if (row.number !== each.number || row.mark !== each.mark)
      wrong.push(`request ${each.number} of ${each.mark} is ${row.number} of ${row.mark}`)
  }
  for (const mark of twice(there.map(row => row.mark))) doubled.push(`request of ${mark}`)
  for (const number of twice(there.map(row => row.number))) doubled.push(`number ${number}`)
  for (const row of there) if (!begun.has(row.mark)) wrong.push(`request of ${row.mark}, which nobody sent`)
}

function judgeReceipts(
  told: OfKind<'receipt'>[],
  there: ReceiptRow[],
  { lost, doubled, wrong }: Verdict,
): void {
  const byId = new Map(there.map(row => [row.id, row]))
  for (const { id, request } of told) {
    const row = byId.get(id)
    if (!row) lost.push(`receipt ${id} of request ${request}`)
    else if (row.request !== request) wrong.push(`receipt ${id} is of ${row.request}, not of ${request}`)
    else if (row.charges.length === 0) wrong.push(`receipt ${id} settles nothing`)
  }
  for (const id of twice(told.map(each => each.id))) wrong.push(`receipt ${id} was told to two`)
  for (const charge of twice(there.flatMap(row => row.charges))) doubled.push(`receipt for charge ${charge}`)
}

/** An act was told as done so many times by then: fewer are lost, more are done twice. */
function judgeActs(told: OfKind<'act'>[], there: ActRow[], { lost, doubled }: Verdict): void {
  const done = new Map(there.map(row => [`${row.request} ${row.name}`, row.times]))
  const wanted = new Map<string, number>()
  for (const { request, name, times } of told)
    wanted.set(`${request} ${name}`, Math.max(times, wanted.get(`${request} ${name}`) ?? 0))
  for (const [act, times] of wanted) {
    const found = done.get(act) ?? 0
    if (found < times) lost.push(`act ${act}: ${found} of ${times}`)
    if (found > times) doubled.push(`act ${act}: ${found} and not ${times}`)
  }
}

const twice = (names: readonly string[]): Set<string> => {
  const once = new Set<string>()
  return new Set(names.filter(name => once.has(name) || !once.add(name)))
}

export const isSound = ({ lost, doubled, wrong }: Verdict): boolean =>
  lost.length + doubled.length + wrong.length === 0
