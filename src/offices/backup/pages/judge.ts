import type { BackupRun, Stream, Waiting } from '../runs.ts'

/** How something stands: as it should, late or not set up, or wrong. */
export type Standing = 'good' | 'late' | 'wrong'

export type Seen = {
  waiting: Waiting
  /** The newest whole backups, of whichever kind the installation makes. */
  backup: { last: BackupRun | undefined; good: BackupRun | undefined }
  stream: Stream | undefined
  drill: { last: BackupRun | undefined; good: BackupRun | undefined }
}

export type Judged = {
  messages: Standing
  backup: Standing
  stream: Standing | undefined
  drill: Standing
  all: Standing
}

const minute = 60_000
const hour = 60 * minute

/** Milliseconds after which each is late, and after which it is wrong. */
const patience = {
  messages: [15 * minute, 2 * hour],
  // A night may fail once; after two somebody must see to it.
  backup: [26 * hour, 50 * hour],
  stream: [5 * minute, hour],
  drill: [50 * hour, 7 * 24 * hour],
} as const

function byAge(of: keyof typeof patience, since: Date | undefined, now: Date): Standing {
  if (!since) return 'late'
  const age = now.getTime() - since.getTime()
  const [late, wrong] = patience[of]
  return age > wrong ? 'wrong' : age > late ? 'late' : 'good'
}

const worst = (...all: readonly (Standing | undefined)[]): Standing =>
  all.includes('wrong') ? 'wrong' : all.includes('late') ? 'late' : 'good'

/** What the state of the system comes to: from the age of what went well last, and from what went wrong since. */
export function judge({ waiting, backup, stream, drill }: Seen, now: Date): Judged {
  const failed = ({ last }: Seen['backup']): Standing => (last?.good === false ? 'late' : 'good')
  const judged = {
    messages: waiting.since === undefined ? 'good' : byAge('messages', waiting.since, now),
    backup: worst(byAge('backup', backup.good?.beganAt, now), failed(backup)),
    stream:
      stream && worst(byAge('stream', stream.keptUntil, now), stream.trouble === undefined ? 'good' : 'late'),
    drill: worst(byAge('drill', drill.good?.beganAt, now), failed(drill)),
  } as const
  return { ...judged, all: worst(judged.messages, judged.backup, judged.stream, judged.drill) }
}

/** What the administrator is told at once: the newest backup or drill failed, or the second copy does not follow. */
export function alarmsOf({
  backup,
  stream,
  drill,
}: Pick<Seen, 'backup' | 'stream' | 'drill'>): ('backup' | 'stream' | 'drill')[] {
  return [
    ...(backup.last?.good === false ? (['backup'] as const) : []),
    ...(stream?.trouble !== undefined ? (['stream'] as const) : []),
    ...(drill.last?.good === false ? (['drill'] as const) : []),
  ]
}
