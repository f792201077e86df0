import { readdirSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'

/** How far behind people's pages the background work stands where both want the processor; 0 is beside them, 19 the last (nice(1)). */
const behind = 5

/**
 * Lets the processes that answer people go first while the machine has more to do than it can: what is planned is done later, none of it is
 * left undone. It still gets a part, so that messages leave. For a process of its own, not for one that answers people too.
 */
export function yieldToPeople(): void {
  for (const thread of threads()) {
    try {
      // Whoever watches over it may have put it further behind.
      if (getPriority(thread) < behind) setPriority(thread, behind)
    } catch {
      // A thread that has just ended, or a system that knows no such thing.
    }
  }
}

/** Linux keeps the priority of each thread by itself; elsewhere the process has one. */
function threads(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number)
  } catch {
    return [process.pid]
  }
}
