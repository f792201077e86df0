const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Works until the program is asked to end: Ctrl-C, SIGTERM, or the death of the start.mjs that began it. `asked` resolves then. Where the work
 * ends before, nothing listens any more: a program that could not begin ends by itself, and whoever watches over it sees that.
 */
export async function workUntilAsked<T>(work: (asked: Promise<void>) => Promise<T>): Promise<T> {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.env.SHUBBAK_CHILD && process.ppid !== parent) end()
  }, 250)
  function end(): void {
    clearInterval(watch)
    // A second Ctrl-C does not wait: the next start clears up after it. The same one may arrive twice, from the
    // terminal and from start.mjs.
    const first = performance.now()
    for (const signal of signals)
      process.on(signal, () => performance.now() - first > 1000 && process.exit(130))
    resolve()
  }
  for (const signal of signals) process.once(signal, end)
  try {
    return await work(asked)
  } finally {
    clearInterval(watch)
  }
}
