/** What is to be cleared up however a script ends, also by Ctrl-C. */
const clearing = new Set<() => void>()

/** Keeps what clears up; gives what does it now, once. */
export function onEnd(clear: () => void): () => void {
  const once = () => {
    if (clearing.delete(once)) clear()
  }
  clearing.add(once)
  return once
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    for (const each of clearing) each()
    process.exit(130)
  })
