import type { Box, Drawing, DrawingWords, DrawnStep } from './model.ts'

export const gap = 24
const boxWidth = 132
const boxHeight = 82
const forkWidth = 104
const forkSize = 30
const opinionHeight = 66

/**
 * One step of the row with all that belongs to it. `above` and `below` are what it needs over and under the middle line; `foot` is where
 * ways leave it, counted from its start side, `footBelow` under the middle.
 */
export type Cell = {
  step: string
  width: number
  above: number
  below: number
  foot: number
  footBelow: number
  /** Draws itself with its start side at `right`. */
  draw(on: Drawing, right: number, middle: number): void
}

/** Where the path begins, and where it ends. */
export function terminal(look: 'start' | 'end', text: string): Cell {
  const [width, height] = [62, 34]
  const draw: Cell['draw'] = (on, right, middle) => {
    const lines = [{ text, strong: false }]
    on.boxes.push({ step: look, look, x: right - width, y: middle - height / 2, width, height, lines })
  }
  return {
    step: look,
    width,
    above: height / 2,
    below: height / 2,
    foot: width / 2,
    footBelow: height / 2,
    draw,
  }
}

/** A step: its box or its frame of opinions, and before it the diamond of its condition. */
export function cellOf(step: DrawnStep, words: DrawingWords): Cell {
  const body = step.beside?.length ? frameOf(step) : boxOf(step)
  if (!step.condition) return body
  const lines = wrap(step.condition, 17, 3)
  const before = forkWidth + gap
  const draw: Cell['draw'] = (on, right, middle) => {
    const centre = right - forkWidth / 2
    on.forks.push({ step: step.id, x: centre, y: middle, size: forkSize, lines })
    on.lines.push({
      kind: 'on',
      points: [
        [centre - forkSize, middle],
        [right - before, middle],
      ],
      to: step.id,
    })
    on.labels.push({ x: centre - forkSize - 14, y: middle - 5, text: words.yes })
    body.draw(on, right - before, middle)
    const over = middle - body.above - 10
    const past = right - before - body.width - 12
    on.lines.push({
      kind: 'skip',
      points: [
        [centre, middle - forkSize],
        [centre, over],
        [past, over],
        [past, middle],
      ],
      from: step.id,
    })
    on.labels.push({ x: centre - 12, y: over + 14, text: words.no })
    on.lines.push({
      kind: 'on',
      points: [
        [past + 12, middle],
        [past, middle],
      ],
      from: step.id,
    })
  }
  return {
    step: step.id,
    width: before + body.width + 12,
    above: body.above + 16,
    below: Math.max(body.below, forkSize + lines.length * 15 + 6),
    foot: before + body.foot,
    footBelow: body.footBelow,
    draw,
  }
}

function boxOf(step: DrawnStep): Cell {
  const draw: Cell['draw'] = (on, right, middle) => {
    on.boxes.push(
      boxAt(step, right - boxWidth, middle - boxHeight / 2, boxWidth, boxHeight, {
        step: step.id,
        look: step.look,
      }),
    )
  }
  const half = boxHeight / 2
  return {
    step: step.id,
    width: boxWidth,
    above: half,
    below: half,
    foot: boxWidth / 2,
    footBelow: half,
    draw,
  }
}

function boxAt(
  said: Pick<DrawnStep, 'name' | 'office' | 'time'>,
  x: number,
  y: number,
  width: number,
  height: number,
  of: Pick<Box, 'step' | 'look' | 'beside'>,
): Box {
  const letters = Math.floor((width - 12) / 6.4)
  const names = wrap(said.name, letters, height > 70 ? 2 : 1).map(text => ({ text, strong: true }))
  const rest = [said.office, said.time]
    .filter(Boolean)
    .map(text => ({ text: short(text, letters + 2), strong: false }))
  return { ...of, x, y, width, height, lines: [...names, ...rest] }
}

/** Opinions one over another in a frame: they are asked at the same time. */
function frameOf(step: DrawnStep): Cell {
  const beside = step.beside ?? []
  const width = boxWidth + 20
  const head = 44
  const height = head + beside.length * (opinionHeight + 8) + 4
  const draw: Cell['draw'] = (on, right, middle) => {
    const [x, y] = [right - width, middle - height / 2]
    const letters = Math.floor((width - 12) / 6.4)
    const lines = [
      { text: short(step.name, letters), strong: true },
      { text: short(step.join ?? '', letters + 2), strong: false },
    ]
    on.boxes.push({ step: step.id, look: 'frame', x, y, width, height, lines })
    for (const [at, each] of beside.entries()) {
      const of = { step: step.id, beside: each.id, look: 'inside' as const }
      on.boxes.push(boxAt(each, x + 10, y + head + at * (opinionHeight + 8), boxWidth, opinionHeight, of))
    }
  }
  const half = height / 2
  return { step: step.id, width, above: half, below: half, foot: width / 2, footBelow: half, draw }
}

/** A text in lines of so many letters at most; what does not fit ends in three dots. */
export function wrap(text: string, letters: number, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= letters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const kept = lines.slice(0, most).map(line => short(line, letters))
  if (lines.length > most) kept[most - 1] = `${short(kept[most - 1] ?? '', letters - 1).replace(/…$/, '')}…`
  return kept
}

const short = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, Math.max(1, letters - 1)).trimEnd()}…` : text
