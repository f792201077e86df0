import { figures, ofEachTown } from '../../platform/telemetry/figures.ts'
import { readSeen } from './pages/seen.ts'

/** How old what was kept last is, and whether the last try failed: what the page of state shows, for who watches many. */
export const backupFigures = figures({
  part: 'backup',
  tells: {
    backup_age_seconds: { help: 'Since the last good backup began', labels: ['town'] },
    backup_failed: { help: '1 where the newest backup failed', labels: ['town'] },
    backup_stream_age_seconds: { help: 'How far the second copy is behind', labels: ['town'] },
    drill_age_seconds: { help: 'Since the last good exit drill began', labels: ['town'] },
    drill_failed: { help: '1 where the newest exit drill failed', labels: ['town'] },
  },
  async read({ database }, towns) {
    const all = await ofEachTown(towns, async ({ id, slug }) => [
      await database.read(id, async tx => {
        const { backup, stream, drill } = await readSeen(tx)
        const age = (since: Date | undefined) => since && (tx.now.getTime() - since.getTime()) / 1000
        return {
          labels: { town: slug },
          backup: age(backup.good?.beganAt),
          backupFailed: backup.last && !backup.last.good,
          drill: age(drill.good?.beganAt),
          drillFailed: drill.last && !drill.last.good,
          stream: age(stream?.keptUntil),
        }
      }),
    ])
    // What a town does not have yet is told by no number: an age of nothing would be young or old without being either.
    const of = (key: 'backup' | 'backupFailed' | 'stream' | 'drill' | 'drillFailed') =>
      all.flatMap(({ labels, [key]: value }) =>
        value === undefined ? [] : [{ labels, value: Number(value) }],
      )
    return {
      backup_age_seconds: of('backup'),
      backup_failed: of('backupFailed'),
      backup_stream_age_seconds: of('stream'),
      drill_age_seconds: of('drill'),
      drill_failed: of('drillFailed'),
    }
  },
})
