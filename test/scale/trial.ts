import type { Clients } from '../faults/clients.ts'
import type { Installation } from './installation.ts'
import type { Readers } from './readers.ts'
import type { Stream } from './streams.ts'

/** What goes on while something is done to the installation. */
export type Trial = {
  installation: Installation
  clients: Clients
  readers: Readers
  streams: Stream[]
  quick: boolean
  say(line: string): void
  /** What is not as it should be. */
  wrong: string[]
}

/** What failed while something was done: what clients had to send again, and pages that did not come. */
export async function failuresDuring<T>(
  { clients, readers }: Trial,
  work: () => Promise<T>,
): Promise<{ value: T; failed: number; said: string[]; answered: number }> {
  const retries = clients.retries
  const why = new Map(clients.why)
  const pages = readers.failed.length
  const answered = () => clients.acknowledged.length + readers.seen
  const before = answered()
  const value = await work()
  const sentAgain = [...clients.why]
    .map(([reason, times]) => ({ reason, times: times - (why.get(reason) ?? 0) }))
    .filter(({ times }) => times > 0)
  const unread = readers.failed.slice(pages)
  const said = [...sentAgain.map(({ reason, times }) => `${times} × ${reason}`), ...unread]
  const failed = clients.retries - retries + unread.length
  return { value, failed, said, answered: answered() - before }
}
