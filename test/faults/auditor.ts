import { verifyTown } from '../../src/offices/verify/index.ts'
import { openTownDirectory } from '../../src/web/town.ts'
import type { Ground } from '../bench/ground.ts'
import type { Acknowledged, Clients } from './clients.ts'

export type Verdict = { lost: string[]; doubled: string[]; wrong: string[] }

type RequestRow = { id: string; mark: string; number: string; events: string[] }
type FileRow = { id: string; mark: string }
type ReceiptRow = { number: string; charge: string; request: string | null }

/** Compares what clients were told with what the database holds, and the database with its own history. */
export async function audit(ground: Pick<Ground, 'asOwner' | 'inHouse'>, clients: Clients): Promise<Verdict> {
  const verdict: Verdict = { lost: [], doubled: [], wrong: clients.contradictions }
  const { requests, receipts, files } = await ground.asOwner(async client => ({
    requests: (
      await client.query<RequestRow>(
        `select r.request_id as id, r.answers->'residence'->>'parcel' as mark, r.number || '/' || r.year as number,
                array(select m.event from message m where m.request_id = r.request_id) as events
           from request r where r.filed_by_kind = 'partner'`,
      )
    ).rows,
    receipts: (
      await client.query<ReceiptRow>(
        `select r.book || '-' || r.serial || '/' || r.year as number, l.charge_id as charge, r.request_id as request
           from receipt r join receipt_line l on l.receipt_id = r.receipt_id`,
      )
    ).rows,
    files: (
      await client.query<FileRow>(
        "select document_id as id, encode(sha256, 'hex') as mark from document where added_by_kind = 'partner' and source = 'upload'",
      )
    ).rows,
  }))
  const ofKind = <K extends Acknowledged['kind']>(kind: K) =>
    clients.acknowledged.filter((each): each is Extract<Acknowledged, { kind: K }> => each.kind === kind)
  judgeRequests(ofKind('request'), requests, clients.begun, verdict)
  judgeReceipts(ofKind('receipt'), receipts, verdict)
  judgeFiles(ofKind('file'), files, verdict)
  judgeMessages(new Set(ofKind('receipt').map(each => each.request)), requests, verdict)
  await ground.inHouse(async house => {
    const [town] = await openTownDirectory(house.database, () => 0).all()
    if (!town) throw new Error('the town is gone')
    await verifyTown(house, town, {
      deep: true,
      found: ({ code, subject, details }) =>
        verdict.wrong.push(`${code} ${subject} ${JSON.stringify(details)}`),
    })
  })
  return verdict
}

function judgeRequests(
  told: Extract<Acknowledged, { kind: 'request' }>[],
  there: RequestRow[],
  begun: string[],
  { lost, doubled, wrong }: Verdict,
): void {
  const byId = new Map(there.map(row => [row.id, row]))
  for (const each of told) {
    const row = byId.get(each.id)
    if (!row) lost.push(`request ${each.number} of ${each.mark}`)
    else if (row.number !== each.number || row.mark !== each.mark)
      wrong.push(
        `request ${each.id} was told as ${each.number} of ${each.mark}, is ${row.number} of ${row.mark}`,
      )
  }
  for (const mark of twice(there.map(row => row.mark))) doubled.push(`request of ${mark}`)
  const known = new Set(begun)
  for (const row of there) if (!known.has(row.mark)) wrong.push(`request of ${row.mark}, which nobody sent`)
}

function judgeReceipts(
  told: Extract<Acknowledged, { kind: 'receipt' }>[],
  there: ReceiptRow[],
  { lost, doubled }: Verdict,
): void {
  const numbers = new Map(there.map(row => [row.number, row]))
  for (const each of told)
    if (numbers.get(each.number)?.charge !== each.charge) lost.push(`receipt ${each.number} of ${each.mark}`)
  for (const charge of twice(there.map(row => row.charge))) doubled.push(`receipt for charge ${charge}`)
}

/** What the rows name is opened and compared byte for byte by `verify --deep`. */
function judgeFiles(
  told: Extract<Acknowledged, { kind: 'file' }>[],
  there: FileRow[],
  { lost, wrong }: Verdict,
): void {
  const byId = new Map(there.map(row => [row.id, row.mark]))
  for (const { document, mark, sha256 } of told) {
    const kept = byId.get(document)
    if (kept === undefined) lost.push(`file of ${mark}`)
    else if (kept !== sha256) wrong.push(`file of ${mark} was told as ${sha256}, is ${kept}`)
  }
}

/** Every filing is answered once, by what there is to pay or that it arrived; every payment is confirmed once. */
function judgeMessages(paid: ReadonlySet<string>, there: RequestRow[], { lost, doubled }: Verdict): void {
  for (const { id, number, events } of there) {
    const wanted = paid.has(id) ? ['fee-due', 'paid', 'received'] : ['fee-due']
    for (const event of wanted)
      if (!events.includes(event)) lost.push(`message ${event} of request ${number}`)
    for (const event of twice(events)) doubled.push(`message ${event} of request ${number}`)
  }
}

const twice = (names: readonly string[]): Set<string> =>
  new Set(names.filter((name, at) => names.indexOf(name) !== at))
