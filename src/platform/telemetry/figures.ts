import { Gauge } from 'prom-client'
import type { House } from '../house.ts'

/** A town as figures name it: by its short name. */
export type FigureTown = { readonly id: string; readonly slug: string }

type Reading = { labels?: Record<string, string | number>; value: number }

/**
 * Figures that stand in the database or on the disk, and are read now and then: what each is, and how they are read. They hold counts, ages
 * and bytes; labels are words of ours and short names of towns.
 */
export type FigureSource<Name extends string = string> = {
  part: string
  tells: Record<Name, { help: string; labels?: readonly string[] }>
  read(house: House, towns: readonly FigureTown[]): Promise<Partial<Record<Name, readonly Reading[]>>>
}

/** Keeps the figures' types together: `figures({ part, tells, read })`. */
export const figures = <Name extends string>(source: FigureSource<Name>): FigureSource =>
  source as unknown as FigureSource

/** Reads a town's figures in a transaction of each town's own, one town after the other. */
export async function ofEachTown<T>(
  towns: readonly FigureTown[],
  read: (town: FigureTown) => Promise<readonly T[]>,
): Promise<T[]> {
  const all: T[] = []
  for (const town of towns) all.push(...(await read(town)))
  return all
}

const everyMs = 30_000

export type Reader = {
  /** Reads everything once, now. */
  readNow(): Promise<void>
  stop(): Promise<void>
}

/**
 * Reads figures every half minute into the registry that Prometheus and the collector see. In the process that does the background work
 * only: what stands in the database is the same for all. A part that cannot be read tells nothing rather than what was true before.
 */
export function readFigures(
  house: House,
  sources: readonly FigureSource[],
  towns: () => Promise<readonly FigureTown[]>,
): Reader {
  const registers = [house.metrics]
  const gauges = new Map<string, Gauge>()
  for (const { tells } of sources)
    for (const [name, { help, labels = [] }] of Object.entries(tells))
      gauges.set(name, new Gauge({ name: `shubbak_${name}`, help, labelNames: [...labels], registers }))
  const readAt = new Map<string, number>(sources.map(({ part }) => [part, performance.now()]))
  new Gauge({
    name: 'shubbak_figures_age_seconds',
    help: 'Since the figures of a part were last read',
    labelNames: ['part'],
    registers,
    collect() {
      for (const [part, at] of readAt) this.set({ part }, (performance.now() - at) / 1000)
    },
  })

  async function readOne({ part, tells, read }: FigureSource): Promise<void> {
    try {
      const found = await read(house, await towns())
      for (const name of Object.keys(tells)) {
        const gauge = gauges.get(name)
        gauge?.reset()
        for (const { labels = {}, value } of found[name] ?? []) gauge?.set(labels, value)
      }
      readAt.set(part, performance.now())
    } catch (error) {
      for (const name of Object.keys(tells)) gauges.get(name)?.reset()
      house.log.warn({ part: 'telemetry', of: part, err: error }, 'figures were not read')
    }
  }

  let running: Promise<void> = Promise.resolve()
  const readNow = () => {
    running = running.then(async () => {
      for (const source of sources) await readOne(source)
    })
    return running
  }
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const go = async () => {
    await readNow()
    if (!stopped) timer = setTimeout(go, everyMs)
  }
  // A little later than the start, which has enough to do.
  timer = setTimeout(go, everyMs / 10)
  return {
    readNow,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
