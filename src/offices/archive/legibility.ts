import type { Sharp } from 'sharp'
import type { House } from '../../platform/house.ts'
import { readContent } from './admit.ts'
import type { AdmittedFile } from './model.ts'
import { decodeHeic } from './workshop/index.ts'

/** Why a photographed paper can hardly be read; pages word the code. */
export type LegibilityFault =
  | 'photo-too-small'
  | 'photo-too-dark'
  | 'photo-blank'
  | 'photo-blurred'
  | 'photo-glare'

/** What was measured of a photograph, whatever its size: shares from 0 to 1, brightness from 0 (black) to 255. */
export type Legibility = {
  /** The shorter side as it came, in dots. */
  shortSide: number
  /** How bright the paper is: the brighter fifth begins here. */
  paper: number
  /** Share of the picture where something is written. */
  written: number
  /** How blurred what is written is: little is lost by blurring again what was blurred already. */
  blur: number
  /** Share burned out to white while the paper around it is not. */
  glare: number
}

/** A photograph is measured at this length: whoever reads it sees it about so. */
const side = 1200
const cell = 24

const limits = {
  /** An identity card fills a telephone's screen with more. */
  shortSide: 480,
  paper: 88,
  written: 0.008,
  blur: 0.52,
  glare: 0.02,
} as const

/** The first thing that stands against reading it; undefined where nothing does. */
export function faultOfPhoto(measured: Legibility): LegibilityFault | undefined {
  if (measured.shortSide < limits.shortSide) return 'photo-too-small'
  if (measured.paper < limits.paper) return 'photo-too-dark'
  if (measured.written < limits.written) return 'photo-blank'
  if (measured.blur > limits.blur) return 'photo-blurred'
  return measured.glare > limits.glare ? 'photo-glare' : undefined
}

/**
 * Whether what somebody photographed can be read: size, light, sharpness, glare. A PDF, and a picture nobody can open here, is not judged:
 * undefined, as for one that can be read. Some 60 ms of a photograph, outside any transaction.
 */
export async function judgePhoto(
  house: Pick<House, 'files'>,
  town: string,
  { sha256, type }: Pick<AdmittedFile, 'sha256' | 'type'>,
): Promise<LegibilityFault | undefined> {
  if (type === 'application/pdf') return undefined
  try {
    const { default: sharp } = await import('sharp')
    const bytes = await readContent(house, town, sha256)
    if (type !== 'image/heic') return faultOfPhoto(await measurePhoto(() => sharp(bytes)))
    const { rgba, width, height } = await decodeHeic(bytes)
    return faultOfPhoto(
      await measurePhoto(() => sharp(rgba, { raw: { width, height, channels: 4 } }), { width, height }),
    )
  } catch {
    return undefined
  }
}

/** Measures a photograph. `open` gives it anew each time. */
export async function measurePhoto(
  open: () => Sharp,
  size?: { width: number; height: number },
): Promise<Legibility> {
  const { width: wide, height: high } = size ?? (await open().metadata())
  const { data, info } = await open()
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const grey: Grey = { at: data, width: info.width, height: info.height, step: info.channels }
  const cells = cellsOf(grey)
  const written = cells.filter(({ spread }) => spread > 12)
  const means = cells.map(({ mean }) => mean).sort((a, b) => a - b)
  const burned = cells.filter(({ mean, spread }) => mean > 250 && spread < 3)
  return {
    shortSide: Math.min(wide, high),
    paper: means[Math.floor(means.length * 0.8)] ?? 0,
    written: written.length / cells.length,
    blur: blurOf(grey, written),
    glare: isWhitePaper(cells, burned.length) ? 0 : burned.length / cells.length,
  }
}

/** On a scan all that is empty is white, and nothing is hidden by it; on a photograph empty paper has a shade. */
function isWhitePaper(cells: readonly Cell[], burned: number): boolean {
  const shaded = cells.filter(({ mean, spread }) => spread <= 12 && mean <= 250 && mean > 60)
  const median = shaded.map(({ mean }) => mean).sort((a, b) => a - b)[shaded.length >> 1] ?? 255
  return shaded.length <= burned || median > 236
}

type Grey = { at: Buffer; width: number; height: number; step: number }
type Cell = { x: number; y: number; mean: number; spread: number }

/** The picture in small squares: how bright each is, and how much it differs within. */
function cellsOf({ at, width, height, step }: Grey): Cell[] {
  const cells: Cell[] = []
  for (let y = 0; y + cell <= height; y += cell) {
    for (let x = 0; x + cell <= width; x += cell) {
      let sum = 0
      let squares = 0
      for (let row = y; row < y + cell; row += 1) {
        for (let column = x; column < x + cell; column += 1) {
          const light = at[(row * width + column) * step] as number
          sum += light
          squares += light * light
        }
      }
      const mean = sum / cell ** 2
      cells.push({ x, y, mean, spread: Math.sqrt(Math.max(0, squares / cell ** 2 - mean * mean)) })
    }
  }
  return cells
}

/** Steps on either side that a second blur takes in. */
const reach = 4

/**
 * After Crete and others, “The blur effect” (2007): the share of the differences between neighbours that a second blur leaves, in the worse
 * of both directions, where something is written.
 */
function blurOf(grey: Grey, written: readonly Cell[]): number {
  return Math.max(blurAlong(grey, written, 'row'), blurAlong(grey, written, 'column'))
}

function blurAlong(
  { at, width, height, step }: Grey,
  written: readonly Cell[],
  along: 'row' | 'column',
): number {
  const stride = (along === 'row' ? 1 : width) * step
  const end = along === 'row' ? width : height
  let sharp = 0
  let lost = 0
  for (const { x, y } of written) {
    const first = along === 'row' ? x : y
    if (first < reach + 1 || first + cell + reach >= end) continue
    for (let across = 0; across < cell; across += 1) {
      const [row, column] = along === 'row' ? [y + across, x] : [y, x + across]
      const start = (row * width + column) * step
      for (let k = 0; k < cell; k += 1) {
        const here = start + k * stride
        const difference = Math.abs((at[here] as number) - (at[here - stride] as number))
        const ahead = at[here + reach * stride] as number
        const behind = at[here - (reach + 1) * stride] as number
        const blurred = Math.abs(ahead - behind) / (2 * reach + 1)
        sharp += difference
        lost += Math.max(0, difference - blurred)
      }
    }
  }
  return sharp === 0 ? 0 : (sharp - lost) / sharp
}
