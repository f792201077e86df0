import type { Results, ToldFigure } from '../file.ts'

export const figure = (name: string, value: number, details: Record<string, unknown> = {}): ToldFigure => ({
  part: 'trial',
  name,
  value,
  unit: 'ms',
  ratio: 1,
  baseline: 'the goal of 1',
  details,
})

/** A report of these figures, of a calm machine with two cores. */
export const aReport = (figures: ToldFigure[]): Results => ({
  shape: 1,
  mode: 'whole',
  began: '2026-11-20T08:00:00.000Z',
  ended: '2026-11-20T08:25:00.000Z',
  caveats: [],
  shubbak: { version: '1.2.3', commit: 'abc1234', clean: true },
  machine: {
    cpu: 'A processor',
    cores: 2,
    memoryMb: 24_000,
    kernel: '6.1',
    disk: { fileSystem: 'ext4', fsyncsPerSecond: 900, fsyncMs: 1.1 },
  },
  versions: { node: 'v24.0.0', postgres: '18.4' },
  settings: { fsync: 'on' },
  loadBefore: [0.2, 0.3, 0.2],
  parts: [{ name: 'trial', outcome: 'done', seconds: 12 }],
  figures,
})
