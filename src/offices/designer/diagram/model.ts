/** A step as the drawing shows it, in words ready to be read. */
export type DrawnStep = {
  id: string
  name: string
  office: string
  /** «يوم عمل», «تقف المهلة». */
  time: string
  /** Outside the town, or waiting for the citizen. */
  look: 'inside' | 'outside' | 'waits'
  /** In which case it is taken at all. */
  condition?: string | undefined
  /** Opinions asked side by side, or services filed together. */
  beside?: { id: string; name: string; office: string; time: string }[] | undefined
  /** When those asked are enough: «تكفي كل الآراء». */
  join?: string | undefined
  /** Ways that lead elsewhere than to the next step. */
  ways: { to: string; when: string }[]
}

export type Box = {
  /** The step it shows, and the opinion in it. */
  step: string
  beside?: string
  look: DrawnStep['look'] | 'frame' | 'start' | 'end'
  x: number
  y: number
  width: number
  height: number
  lines: { text: string; strong: boolean }[]
}

/** A diamond: whether the step beside it is taken. */
export type Fork = { step: string; x: number; y: number; size: number; lines: string[] }

export type Point = readonly [number, number]
/** A line through points; it ends in an arrow. `skip` goes past a step, `way` leads to another than the next. */
export type Line = { kind: 'on' | 'skip' | 'way'; points: Point[]; from?: string; to?: string; label?: Label }
export type Label = { x: number; y: number; text: string }

export type Drawing = {
  width: number
  height: number
  boxes: Box[]
  forks: Fork[]
  lines: Line[]
  labels: Label[]
}

/** What the drawing itself says. */
export type DrawingWords = { yes: string; no: string; start: string; end: string }
