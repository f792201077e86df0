import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Row } from '../../src/kernel/access/index.ts'
import type { ActName, Answers } from '../../src/kernel/definition/index.ts'
import type { ActData } from '../../src/kernel/workflow/index.ts'
import { addDocument, admitFile } from '../../src/offices/archive/index.ts'
import { catalogueOf } from '../../src/offices/catalogue/index.ts'
import { fileRequest, getRequest, performAct } from '../../src/offices/requests/index.ts'
import { chargesOfRequest, takeReceipt } from '../../src/offices/treasury/index.ts'
import { aHandmadePdf } from '../builders/files.ts'
import { builder } from '../builders/people.ts'
import { completeAnswers, neededPapers } from '../builders/requests.ts'
import { anOpenTill } from '../builders/treasury.ts'
import type { Citizen, PeopledTown, Post } from '../journeys/peopled.ts'
import { aWord, type Kind, type Mark } from './marks.ts'

/** Rows that are reached together: a person's own, one request's, a complaint's. */
export type Unit = {
  name: string
  kind: 'person' | 'request' | 'complaint'
  world: string
  town: string
  row: Row
}

/** What stands in one relation to everybody: a person with all that a town knows of somebody, each value with a mark of its own. */
export type World = {
  name: string
  owner: Citizen
  party: Citizen
  agent: Citizen
  units: Unit[]
  requests: { first: string; second: string }
}

export class Ledger {
  readonly marks: Mark[] = []
  readonly units: Unit[] = []
  /** Ids that rows of each unit carry, by the column they stand in. */
  readonly ids = new Map<string, { column: string; unit: string }>()
  /** By unit, the ids of each column; and those that are nobody's. */
  readonly columns = new Map<string, Map<string, string[]>>()
  /** Codes and links that open something to whoever has them. */
  readonly secrets = new Map<string, string>()
  /** The same by the address they open. */
  readonly links: Record<string, string[][]> = {}
  readonly ofTown = new Map<string, string[]>()
  #known = new Set<string>()

  mark(unit: string, kind: Kind, text = aWord(`${unit} ${kind}`)): string {
    this.marks.push({ text, kind, unit })
    return text
  }

  /** Something that opens an address to whoever has it, and of which unit it is. */
  link(pattern: string, code: string, unit: string): void {
    this.secrets.set(code, unit)
    const there = this.links[pattern] ?? []
    this.links[pattern] = [...there, [code]]
  }

  /** Whatever has an id of its own and came into the town since is of this unit. */
  async claim({ db }: Pick<PeopledTown, 'db'>, unit: string | undefined): Promise<void> {
    for (const { table, column, id } of await everyId(db)) {
      if (this.#known.has(id)) continue
      this.#known.add(id)
      if (unit === undefined || noId.has(table)) {
        this.ofTown.set(column, [...(this.ofTown.get(column) ?? []), id])
        continue
      }
      const of = this.columns.get(unit) ?? new Map<string, string[]>()
      this.columns.set(unit, of.set(column, [...(of.get(column) ?? []), id]))
      this.ids.set(id, { column, unit })
      this.marks.push({ text: id, kind: 'id', unit })
    }
  }
}

/** Ids of rows that are nobody's data: sealing, jobs, sessions' own. */
const noId = new Set([
  'audit',
  'job',
  'seal_leaf',
  'message_provider',
  'account',
  'till_session',
  'window_session',
  'setting',
  'voucher',
  'series',
  'staff',
])

export async function everyId({
  owner,
}: PeopledTown['db']): Promise<{ table: string; column: string; id: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as "table", a.attname as "column" from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_index i on i.indrelid = c.oid and i.indisprimary
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) and a.atttypid = 'uuid'::regtype and a.attname <> 'municipality_id'
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1, 2`.execute(
    owner,
  )
  const each = rows.map(
    ({ table, column }) =>
      `select '${table}' as "table", '${column}' as "column", "${column}"::text as id from "${table}"`,
  )
  return (
    await sql<{ table: string; column: string; id: string }>`${sql.raw(each.join(' union all '))}`.execute(
      owner,
    )
  ).rows
}

/** An act done outside the pages by who has that post. */
export async function act(
  town: PeopledTown,
  requestId: string,
  by: Post,
  name: ActName,
  word: { note?: string; data?: ActData } = {},
): Promise<void> {
  const { id, role, office } = town.staff[by]
  const { projection } = await town.read(tx => getRequest(tx, requestId))
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === office)
  const actor = { kind: 'staff', staffId: id, appointments: [{ role, office }] } as const
  await town.write(tx => performAct(tx, town.bench, { requestId, name, actor, taskId: task?.id, ...word }))
}

/** Settles whatever is asked for a request. */
export async function settle(town: PeopledTown, payer: Citizen, requestId: string): Promise<void> {
  await town.write(async tx => {
    const open = (await chargesOfRequest(tx, requestId)).filter(charge => charge.open.minor > 0)
    if (open.length === 0) return
    await anOpenTill(tx, town.staff.collector.id)
    await takeReceipt(tx, town.house.events, {
      payer: { personId: payer.id, name: payer.displayName },
      collectorId: town.staff.collector.id,
      requestId,
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
}

/** A file whose bytes hold a mark. */
export const aMarkedPdf = (mark: string): Buffer =>
  aHandmadePdf(`/Lang(${Buffer.from(mark).toString('hex')})`)

export type FiledUnit = { id: string; unit: Unit; document: string; trackingToken: string }

/** A request of a world, filed with marked answers and a paper whose content is marked too. */
export async function aMarkedRequest(
  town: PeopledTown,
  ledger: Ledger,
  of: { unit: string; world: string; owner: Citizen; service: string; partner?: string; parties?: Citizen[] },
): Promise<FiledUnit> {
  const { unit, owner, service } = of
  const answers = withLandmark(completeAnswers[service] ?? {}, ledger.mark(unit, 'answer'))
  const fileMark = aWord(`${unit} file`)
  ledger.mark(unit, 'file', Buffer.from(fileMark).toString('hex'))
  const taken = await admitFile(
    town.house,
    town.town.id,
    Readable.from([aMarkedPdf(fileMark)]),
    `${ledger.mark(unit, 'paper')}.pdf`,
  )
  if (!taken.admitted) throw new Error(taken.fault.code)
  const { admitted } = taken
  let document = ''
  const filed = await town.write(async tx => {
    const papers = []
    for (const paperId of neededPapers[service] ?? []) {
      document = await addDocument(tx, {
        admitted,
        kind: paperId,
        title: paperId,
        source: 'upload',
        ...(of.partner ? { by: { kind: 'partner', id: of.partner } } : { by: builder, ownerId: owner.id }),
      })
      papers.push({ paperId, documentId: document, state: 'supplied' as const })
    }
    return fileRequest(tx, town.bench, {
      serviceCode: service,
      serviceVersion: (await catalogueOf(tx)).find(service)?.version ?? 1,
      channel: of.partner ? 'api' : 'web',
      capacity: 'principal',
      applicantId: owner.id,
      papers,
      answers,
      ...(of.parties && {
        parties: of.parties.map(each => ({
          personId: each.id,
          capacity: 'partner' as const,
          share: { of: 1, in: 2 },
          validUntil: undefined,
          proof: { number: ledger.mark(unit, 'proof'), issuer: 'كاتب عدل', issuedOn: '2026-01-20' },
        })),
      }),
      by: of.partner
        ? { kind: 'partner', keyId: of.partner, relation: 'party' }
        : { kind: 'citizen', personId: owner.id, relation: 'party' },
    })
  })
  ledger.mark(unit, 'number', `${filed.number}/${filed.year}`)
  const row: Unit['row'] = {
    owner: owner.id,
    parties: (of.parties ?? []).map(each => each.id),
    officesWithTask: [],
    officesConcerned: [],
    service,
    ...(of.partner && { partner: of.partner }),
  }
  const made: Unit = { name: unit, kind: 'request', world: of.world, town: town.town.id, row }
  ledger.units.push(made)
  return { id: filed.requestId, unit: made, document, trackingToken: filed.trackingToken }
}

function withLandmark(answers: Answers, landmark: string): Answers {
  const marked = Object.entries(answers).map(([key, value]) =>
    typeof value === 'object' && value !== null && 'landmark' in value
      ? [key, { ...value, landmark }]
      : [key, value],
  )
  return Object.fromEntries('landmark' in answers ? [...marked, ['landmark', landmark]] : marked) as Answers
}

/** Says by the record itself which offices have or had a task on a request: what the reference decides by. */
export async function notePlaces(
  { db }: PeopledTown,
  requests: readonly FiledUnit[],
  person: Unit,
): Promise<void> {
  const all = { tasks: new Set<string>(), concerned: new Set<string>() }
  for (const { id, unit } of requests) {
    const { rows } = await sql<{ office_code: string; open: boolean }>`
      select office_code, closed_at is null as open from task where request_id = ${id}`.execute(db.owner)
    const tasks = rows.filter(({ open }) => open).map(each => each.office_code)
    const concerned = rows.map(each => each.office_code)
    unit.row = {
      ...unit.row,
      officesWithTask: [...new Set(tasks)],
      officesConcerned: [...new Set(concerned)],
    }
    for (const each of tasks) all.tasks.add(each)
    for (const each of concerned) all.concerned.add(each)
  }
  person.row = { ...person.row, officesWithTask: [...all.tasks], officesConcerned: [...all.concerned] }
}

export type WorldInput = {
  name: string
  /** Whose task lies at electricity (ELE-01), or at finance (WAT-01). */
  service: 'ELE-01' | 'WAT-01'
  partner: string
  /** Of the staff: to whom the second request is closed, and about whom the complaint is. */
  closedTo: string
  subject: string
}
