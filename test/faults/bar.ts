import { SingleBar } from 'cli-progress'

/** Says how far a script has come: `done` of the rounds it was begun for, and what it has to tell beside. */
export type Bar = { reached(done: number, told: string): void; stop(): void }

/** A bar for so many rounds; where nobody watches, a line every ten seconds. */
export function startBar(rounds: number): Bar {
  const bar = new SingleBar({
    format: '  {bar} {value}/{total} · {told} · {left} left',
    hideCursor: true,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  })
  const began = performance.now()
  bar.start(rounds, 0, { told: '–', left: '–' })
  return {
    reached(done, told) {
      const seconds = (performance.now() - began) / 1000
      const left = done > 0 ? `${Math.round((seconds * (rounds - done)) / done)} s` : '–'
      bar.update(done, { told, left })
    },
    stop: () => bar.stop(),
  }
}
