import { type Graph, type GraphNode, startId } from './graph.ts'

export type Box = { x: number; y: number; width: number; height: number }
export type Point = { x: number; y: number }
export type Layout = {
  pool: Box
  applicant: Box
  lanes: { id: string; box: Box }[]
  nodes: Map<string, Box>
  /** Way points by id of the flow or message, from its source to its target. */
  lines: Map<string, Point[]>
}

const column = 190
const row = 120
const header = 30
const margin = 20
const sizes = { event: 36, gateway: 50, task: { width: 130, height: 80 } }

/**
 * Where everything stands: a lane an office, in the order the way comes to them, from right to left as Arabic is read. Each element stands
 * one column further than the furthest one that leads to it; ways back do not count.
 */
export function layOut(graph: Graph): Layout {
  const place = columnsOf(graph)
  const lanes = [...new Set(graph.nodes.map(node => node.lane))]
  const columns = Math.max(...place.values()) + 1
  const width = columns * column + 2 * margin
  const rows = rowsOf(graph, place)
  const pool: Box = { x: 0, y: 0, width: width + header * 2, height: 0 }
  const nodes = new Map<string, Box>()
  const boxes: Layout['lanes'] = []
  let top = 0
  for (const lane of lanes) {
    const inside = graph.nodes.filter(node => node.lane === lane)
    const height = (Math.max(...inside.map(node => rows.get(node.id) ?? 0)) + 1) * row
    boxes.push({ id: lane, box: { x: header, y: top, width: width + header, height } })
    for (const node of inside) {
      const centre = {
        x: header * 2 + width - margin - ((place.get(node.id) ?? 0) + 0.5) * column,
        y: top + ((rows.get(node.id) ?? 0) + 0.5) * row,
      }
      nodes.set(node.id, around(centre, sizeOf(node)))
    }
    top += height
  }
  pool.height = top
  const applicant: Box = { x: 0, y: top + 60, width: pool.width, height: 60 }
  return { pool, applicant, lanes: boxes, nodes, lines: linesOf(graph, nodes, applicant) }
}

const sizeOf = ({ type }: GraphNode): { width: number; height: number } => {
  if (type.endsWith('Event')) return { width: sizes.event, height: sizes.event }
  if (type.endsWith('Gateway')) return { width: sizes.gateway, height: sizes.gateway }
  return sizes.task
}

const around = ({ x, y }: Point, { width, height }: { width: number; height: number }): Box => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
})

/** The longest way from the start that never turns back: a way back leads to what the walk has come through. */
function columnsOf({ nodes, flows }: Graph): Map<string, number> {
  const place = new Map(nodes.map(node => [node.id, 0]))
  const onward = new Map<string, string[]>()
  for (const { from, to } of flows) onward.set(from, [...(onward.get(from) ?? []), to])
  const forward = new Map<string, string[]>()
  const state = new Map<string, 'open' | 'done'>()
  const order: string[] = []
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const to of onward.get(id) ?? []) {
      if (state.get(to) === 'open') continue
      forward.set(id, [...(forward.get(id) ?? []), to])
      if (!state.has(to)) visit(to)
    }
    state.set(id, 'done')
    order.unshift(id)
  }
  visit(startId)
  for (const id of order) {
    for (const to of forward.get(id) ?? []) {
      place.set(to, Math.max(place.get(to) ?? 0, (place.get(id) ?? 0) + 1))
    }
  }
  return place
}

/** Elements of one lane and column stand below each other. */
function rowsOf({ nodes }: Graph, place: Map<string, number>): Map<string, number> {
  const taken = new Map<string, number>()
  return new Map(
    nodes.map(({ id, lane }) => {
      const spot = `${lane} ${place.get(id)}`
      const at = taken.get(spot) ?? 0
      taken.set(spot, at + 1)
      return [id, at]
    }),
  )
}

function linesOf({ flows, messages }: Graph, nodes: Map<string, Box>, applicant: Box): Map<string, Point[]> {
  const lines = new Map<string, Point[]>()
  flows.forEach(({ id, from, to }, i) => {
    const [a, b] = [nodes.get(from), nodes.get(to)]
    if (a && b) lines.set(id, connect(a, b, i))
  })
  const hung = new Map<string, number>()
  for (const { id, node, toApplicant } of messages) {
    const box = nodes.get(node)
    if (!box) continue
    // Several messages of one element hang side by side.
    const nth = hung.get(node) ?? 0
    hung.set(node, nth + 1)
    const x = box.x + box.width / 2 + (nth - 0.5) * Math.min(24, box.width / 3)
    const ends = [
      { x, y: box.y + box.height },
      { x, y: applicant.y },
    ]
    lines.set(id, toApplicant ? ends : ends.reverse())
  }
  return lines
}

/** Straight where it can be, else out at the side, along the gap between two columns, and in at the side. */
function connect(a: Box, b: Box, nth: number): Point[] {
  const out = { x: a.x, y: a.y + a.height / 2 }
  const into = { x: b.x + b.width, y: b.y + b.height / 2 }
  const isNear = out.x - into.x > 0 && out.x - into.x < column
  if (isNear && out.y === into.y) return [out, into]
  if (isNear) {
    const middle = (out.x + into.x) / 2
    return [out, { x: middle, y: out.y }, { x: middle, y: into.y }, into]
  }
  // Past other elements, or back: through the free band under the row it comes from.
  const shift = (nth % 5) * 4
  const band = a.y + a.height / 2 + row / 2 - 6 - shift
  const left = out.x - 14 - shift
  const right = into.x + 14 + shift
  return [
    out,
    { x: left, y: out.y },
    { x: left, y: band },
    { x: right, y: band },
    { x: right, y: into.y },
    into,
  ]
}
