import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'

/** Ends whatever still works inside this folder: servers of a part that was killed, and the PostgreSQL they left behind. */
export function endThoseOf(folder: string): void {
  const read = (of: () => string) => {
    try {
      return of()
    } catch {
      return ''
    }
  }
  for (const name of readdirSync('/proc').filter(
    each => /^\d+$/.test(each) && Number(each) !== process.pid,
  )) {
    const words = read(() => readFileSync(`/proc/${name}/cmdline`, 'utf8'))
    const place = read(() => readlinkSync(`/proc/${name}/cwd`))
    const surroundings = read(() => readFileSync(`/proc/${name}/environ`, 'utf8'))
    if (![words, place, surroundings].some(text => text.includes(folder))) continue
    try {
      process.kill(Number(name), 'SIGKILL')
    } catch {}
  }
}

/** Removes a folder in which something may just be ending. */
export const remove = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
