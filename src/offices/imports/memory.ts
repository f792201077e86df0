import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/**
 * Lets go of what the last thousand rows have left. By itself V8 waits until some hundred megabytes of it have gathered, on a machine that
 * a town shares with its database.
 */
export function letGo(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
