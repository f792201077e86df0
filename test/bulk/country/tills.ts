import { cell, type Harvest, type TextRow } from './harvest.ts'
import { idText } from './ids.ts'
import { type LifeStencil, readLife, readTotal, type Shared } from './life.ts'
import type { Place } from './stencil.ts'

const day = 86_400_000
const minute = 60_000
const ahead = 2 * 3_600_000

/** What the collector took in cash at each instant of a life, in minor units of shekels. */
export function takings(rows: readonly TextRow[]): Map<string, number> {
  const taken = new Map<string, number>()
  for (const row of rows) {
    if (row.table.name !== 'receipt') continue
    const at = cell(row, 'received_at') ?? ''
    const voucher = cell(row, 'voucher_id')
    for (const line of rows)
      if (
        line.table.name === 'voucher_line' &&
        cell(line, 'voucher_id') === voucher &&
        cell(line, 'ledger')?.startsWith('cash:')
      )
        taken.set(at, (taken.get(at) ?? 0) + Number(cell(line, 'amount_minor')))
  }
  return taken
}

/** A till's session ready to be stamped, with where its own instants and its total stand. */
export type TillStencil = {
  stencil: LifeStencil
  sessionId: string
  opened: string
  closed: string
  handed: string
  float: number
}

/** Takes the first session that was counted and handed over as the pattern of all. */
export function readTill(
  { till }: Harvest,
  of: { townIds: ReadonlyMap<string, number>; town: string; shared: Shared; year: number },
): TillStencil {
  const chosen = till.find(
    row =>
      row.table.name === 'till_session' &&
      cell(row, 'handed_at') !== null &&
      cell(row, 'closing_reason') === null,
  )
  if (!chosen) throw new Error('no till was handed over in the pattern town')
  const sessionId = cell(chosen, 'session_id') ?? ''
  const vouchers = new Set(
    till
      .filter(row => row.table.name === 'voucher' && cell(row, 'session_id') === sessionId)
      .map(row => cell(row, 'voucher_id')),
  )
  const rows = till.filter(
    row =>
      row.cells.some(text => text?.includes(sessionId)) ||
      (row.table.name === 'voucher_line' && vouchers.has(cell(row, 'voucher_id'))),
  )
  const sum = (column: string) =>
    (JSON.parse(cell(chosen, column) ?? '[]') as { minor: number }[]).reduce(
      (all, each) => all + each.minor,
      0,
    )
  const total = String(sum('counted'))
  const read = readLife(rows, { ...of, personId: '' })
  const { places } = read
  const stencil = {
    ...read,
    sheets: read.sheets.map(sheet => ({ ...sheet, text: readTotal(sheet.text, places, total) })),
    leaves: read.leaves.map(leaf => ({ ...leaf, bytes: readTotal(leaf.bytes, places, total) })),
  }
  return {
    stencil,
    sessionId,
    float: sum('float'),
    opened: cell(chosen, 'opened_at') ?? '',
    closed: cell(chosen, 'closed_at') ?? '',
    handed: cell(chosen, 'handed_at') ?? '',
  }
}

type Session = { id: string; total: number; first: number; last: number; number: number }

/** The till of a town: its collector has it open for a day, and for a week in the years that nobody looks at day by day. */
export class Tills {
  readonly #sessions = new Map<number, Session>()
  readonly #town: number
  readonly #until: number

  constructor(town: number, until: Date) {
    this.#town = town
    this.#until = until.getTime()
  }

  /** The session of an instant; what was taken goes into it, in minor units. */
  at(ms: number, taken: number): string {
    const date = Math.floor((ms + ahead) / day)
    const lately = this.#until - ms < 90 * day
    const period = lately ? date : -Math.floor(date / 7)
    let session = this.#sessions.get(period)
    if (!session) {
      const number = this.#sessions.size
      const id = idText(ms, 4095, this.#town, 0x2000_0000_0000 + number)
      session = { id, total: 0, first: ms, last: ms, number }
      this.#sessions.set(period, session)
    }
    session.total += taken
    session.first = Math.min(session.first, ms)
    session.last = Math.max(session.last, ms)
    return session.id
  }

  /** The values at the places of each session's rows. */
  *values({ stencil, sessionId, opened, closed, handed, float }: TillStencil): Generator<string[]> {
    for (const session of this.#sessions.values()) {
      const shut = session.last + 5 * minute
      const times: Record<string, number> = {
        [opened]: session.first - 10 * minute,
        [closed]: shut,
        [handed]: shut + 1,
      }
      yield stencil.places.all.map((place: Place, at) => {
        if (place.is === 'id')
          return place.was === sessionId
            ? session.id
            : idText(shut, at, this.#town, 0x2000_0000_0000 + session.number)
        if (place.is === 'at') return new Date(times[place.was] ?? shut).toISOString()
        return place.is === 'total' ? String(session.total + float) : place.is === 'till' ? session.id : ''
      })
    }
  }
}
