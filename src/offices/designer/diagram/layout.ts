import { type Cell, cellOf, gap, terminal } from './cells.ts'
import type { Drawing, DrawingWords, DrawnStep, Line, Point } from './model.ts'

/** Room at both sides for lines that lead from row to row. */
const margin = 28
const lane = 14
const between = 26

type Placed = Cell & { u: number; row: number }

/**
 * Sets the path of a request, right to left, in as many rows as the width asks for. Boxes never lie on each other, and lines never run
 * through a box.
 */
export function drawPath(steps: readonly DrawnStep[], words: DrawingWords, width = 1090): Drawing {
  const cells = [
    terminal('start', words.start),
    ...steps.map(step => cellOf(step, words)),
    terminal('end', words.end),
  ]
  const widest = Math.max(width, ...cells.map(cell => cell.width + margin * 2))
  const placed = placeCells(cells, widest)
  const rowOf = new Map(placed.map(cell => [cell.step, cell.row]))
  const ways = steps.flatMap(step =>
    step.ways.flatMap(way => (rowOf.has(way.to) ? { from: step.id, ...way } : [])),
  )
  const rows = rowsOf(placed, ways, rowOf)
  const drawing: Drawing = {
    width: widest,
    height: (rows.at(-1)?.bottom ?? 0) + 6,
    boxes: [],
    forks: [],
    lines: [],
    labels: [],
  }
  for (const cell of placed) cell.draw(drawing, widest - cell.u, rows[cell.row]?.middle ?? 0)
  connect(drawing, placed, rows, widest)
  lead(drawing, placed, rows, ways, widest)
  return drawing
}

function placeCells(cells: readonly Cell[], width: number): Placed[] {
  let u = margin
  let row = 0
  return cells.map(cell => {
    if (u > margin && u + cell.width > width - margin) {
      u = margin
      row += 1
    }
    const placed = { ...cell, u, row }
    u += cell.width + gap
    return placed
  })
}

type Row = { top: number; middle: number; floor: number; bottom: number }
type Way = DrawnStep['ways'][number] & { from: string }

/** Each row is as high as its highest cell, with a lane under it for every way that begins or ends there. */
function rowsOf(placed: readonly Placed[], ways: readonly Way[], rowOf: ReadonlyMap<string, number>): Row[] {
  const rows: Row[] = []
  let top = 6
  for (let row = 0; row <= (placed.at(-1)?.row ?? 0); row += 1) {
    const cells = placed.filter(cell => cell.row === row)
    const above = Math.max(...cells.map(cell => cell.above))
    const below = Math.max(...cells.map(cell => cell.below))
    const lanes = ways.filter(way => rowOf.get(way.from) === row || rowOf.get(way.to) === row).length
    const middle = top + above
    const floor = middle + below
    const bottom = floor + (lanes > 0 ? lanes * lane + 10 : 0)
    rows.push({ top, middle, floor, bottom })
    top = bottom + between
  }
  return rows
}

/** The lines from each cell to the next. */
function connect(drawing: Drawing, placed: readonly Placed[], rows: readonly Row[], width: number): void {
  for (const [at, cell] of placed.entries()) {
    const next = placed[at + 1]
    if (!next) continue
    const from: Point = [width - cell.u - cell.width, rows[cell.row]?.middle ?? 0]
    const to: Point = [width - next.u, rows[next.row]?.middle ?? 0]
    const under = (rows[cell.row]?.bottom ?? 0) + between / 2
    const points: Point[] =
      cell.row === next.row
        ? [from, to]
        : [
            from,
            [from[0] - gap / 2, from[1]],
            [from[0] - gap / 2, under],
            [width - margin / 2, under],
            [width - margin / 2, to[1]],
            to,
          ]
    drawing.lines.push({ kind: 'on', points, from: cell.step, to: next.step })
  }
}

/** Ways to other steps run in lanes under their row, and along the end side from row to row. */
function lead(
  drawing: Drawing,
  placed: readonly Placed[],
  rows: readonly Row[],
  ways: readonly Way[],
  width: number,
): void {
  const used = rows.map(() => 0)
  const nextLane = (row: number): number => {
    const number = used[row] ?? 0
    used[row] = number + 1
    return (rows[row]?.floor ?? 0) + 12 + number * lane
  }
  for (const [number, way] of ways.entries()) {
    const from = placed.find(cell => cell.step === way.from)
    const to = placed.find(cell => cell.step === way.to)
    if (!from || !to) continue
    const aside = (number % 5) * 9 - 18
    const start = width - from.u - from.foot - aside
    const end = width - to.u - to.foot - aside - 4
    const first = nextLane(from.row)
    const second = from.row === to.row ? first : nextLane(to.row)
    const channel = 6 + (number % 4) * 5
    const line: Line = {
      kind: 'way',
      from: way.from,
      to: way.to,
      points: [
        [start, (rows[from.row]?.middle ?? 0) + from.footBelow],
        [start, first],
        ...(from.row === to.row
          ? []
          : ([
              [channel, first],
              [channel, second],
            ] as Point[])),
        [end, second],
        [end, (rows[to.row]?.middle ?? 0) + to.footBelow],
      ],
    }
    drawing.lines.push(line)
    if (way.when)
      drawing.labels.push({
        x: (start + (from.row === to.row ? end : start - 120)) / 2,
        y: first - 3,
        text: way.when,
      })
  }
}
