import { readFileSync, statSync } from 'node:fs'
import { PlainError } from '../../plain-error.ts'

/** The user PostgreSQL runs as when that is not the one who started us: PostgreSQL refuses to run as root. */
export interface Account {
  uid: number
  gid: number
}

/**
 * Whom the server runs as. An ordinary user runs it alone; root hands it to whoever owns the data already, else to
 * `postgres`, else to `nobody` (initdb wants a user that /etc/passwd knows).
 */
export function serverAccount(data: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(data, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find(line => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new PlainError(
    'PostgreSQL cannot run as root, and this machine has neither a user postgres nor nobody',
  )
}
