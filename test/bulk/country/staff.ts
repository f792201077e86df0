import { cell, type TextRow, uuids } from './harvest.ts'
import { idText } from './ids.ts'
import { type LifeStencil, readLife } from './life.ts'
import { type Bench, forTown, write } from './stamp.ts'

/** People per one more of a post: a small town has one of each. */
const posts = [
  { office: 'service-centre', role: 'clerk', each: 12_000 },
  { office: 'treasury', role: 'collector', each: 40_000 },
  { office: 'planning', role: 'officer', each: 60_000 },
  { office: 'electricity', role: 'officer', each: 60_000 },
  { office: 'water', role: 'officer', each: 60_000 },
] as const

/** Somebody of the staff as they were taken on, to be taken on again: for a town of this many people once more. */
export type Colleague = { stencil: LifeStencil; each: number }

/** Reads how the first holder of each post was taken on: their row, their appointment, and what was recorded of it. */
export function readColleagues(
  base: readonly TextRow[],
  reading: Omit<Parameters<typeof readLife>[1], 'personId'>,
): Colleague[] {
  return posts.flatMap(({ office, role, each }) => {
    const post = base.find(
      row =>
        row.table.name === 'appointment' && cell(row, 'office_code') === office && cell(row, 'role') === role,
    )
    const staffId = post && cell(post, 'staff_id')
    if (!staffId) return []
    const rows = base
      .filter(row => ['staff', 'appointment'].includes(row.table.name) && cell(row, 'staff_id') === staffId)
      .concat(base.filter(row => row.table.name === 'audit' && cell(row, 'subject_id') === staffId))
    const own = new Set(
      rows
        .flatMap(row => row.cells.flatMap(text => text?.match(uuids) ?? []))
        .filter(id => id !== reading.town),
    )
    const townIds = new Map([...reading.townIds].filter(([id]) => !own.has(id)))
    const named = rows.map(row => ({
      table: row.table,
      cells: row.cells.map((text, at) =>
        row.table.columns[at]?.name === 'login' ? `${role}-${staffId}` : text,
      ),
    }))
    return [{ stencil: readLife(named, { ...reading, townIds, personId: '' }), each }]
  })
}

/** Takes on as many more as a town of this size needs. Their second factor is that of the first, sealed for the town: nobody knows their passwords. */
export function writeColleagues(bench: Bench, colleagues: readonly Colleague[], population: number): void {
  for (const [post, { stencil, each }] of colleagues.entries()) {
    const { sheets, leaves, places, ms } = forTown(stencil, bench.ids)
    for (let more = 0; more < Math.floor(population / each); more++) {
      const number = 0x8000_0000_0000 + post * 1_000 + more
      const values = places.all.map(({ is, was }, at) =>
        is === 'id' ? idText(ms[at] ?? 0, at, bench.place, number) : was,
      )
      write(bench, { sheets, leaves }, values)
    }
  }
}
