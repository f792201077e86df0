/** Resolves when the program is asked to end: Ctrl-C, SIGTERM, or the death of the start.mjs that began it. */
export function untilAskedToStop(): Promise<string> {
  return new Promise(resolve => {
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.env.SHUBBAK_CHILD && process.ppid !== parent) end('its parent is gone')
    }, 250)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    function end(why: string): void {
      clearInterval(watch)
      // A second Ctrl-C does not wait: the next start clears up after it. The same one may arrive twice, from the
      // terminal and from start.mjs.
      const first = performance.now()
      for (const signal of signals)
        process.on(signal, () => performance.now() - first > 1000 && process.exit(130))
      resolve(why)
    }
    for (const signal of signals) process.once(signal, () => end(signal))
  })
}
