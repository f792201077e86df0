import { SingleBar } from 'cli-progress'

/** A stage, and of how much how much is done; how many rows were written, where that is known. */
type Progress<S extends string> = { stage: S; done: number; of: number; rows?: number }

/** One line on stderr that says how far a fill is. */
export async function withBar<S extends string, T>(
  words: Readonly<Record<S, string>>,
  work: (onProgress: (progress: Progress<S>) => void) => Promise<T>,
): Promise<T> {
  const bar = new SingleBar({
    format: '{stage} {bar} {percentage}%{rate} · {left} left',
    hideCursor: true,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  })
  let began = performance.now()
  let stage: S | undefined
  bar.start(1, 0, { stage: Object.values(words)[0], rate: '', left: '–' })
  try {
    return await work(({ stage: now, done, of, rows = 0 }) => {
      if (stage !== now) began = performance.now()
      stage = now
      const seconds = (performance.now() - began) / 1000
      const left = done > 0 ? `${Math.round((seconds * (of - done)) / done)} s` : '–'
      const rate = rows > 0 ? ` · ${Math.round(rows / seconds).toLocaleString('en')} rows/s` : ''
      bar.setTotal(of)
      bar.update(done, { stage: words[now], rate, left })
    })
  } finally {
    bar.stop()
  }
}
