import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { allBases, openMirror, writeWhole } from '../../../platform/backup/index.ts'
import type { House } from '../../../platform/house.ts'
import { openTownDirectory } from '../../../web/town.ts'

/** What took longer than this to leave the shelf after its act would stay in the second folder. */
const slackMs = 31 * 86_400_000

/**
 * Takes contents out of the second folder that were lawfully destroyed before the oldest backup that stays: none of those needs them any more.
 * However many nights there were none, it is the backups that are there which count. `forgotten` says how far that has come.
 */
export async function forgetDestroyed(
  house: Pick<House, 'config' | 'database'>,
  root: string,
): Promise<void> {
  const [oldest] = allBases(root)
    .map(({ base }) => base.began)
    .sort()
  if (oldest === undefined) return
  const mark = join(root, 'forgotten')
  const last = Date.parse(await readFile(mark, 'utf8').catch(() => ''))
  const after = new Date(Number.isFinite(last) ? last - slackMs : 0)
  const mirror = openMirror(root, house.config.backup.keys)
  for (const town of await openTownDirectory(house.database, () => performance.now()).all()) {
    const { rows } = await house.database.read(town.id, tx =>
      sql<{ sha256: Buffer }>`select sha256 from file
        where municipality_id = ${tx.town} and destroyed_at >= ${after} and destroyed_at < ${new Date(oldest)}`.execute(
        tx.q,
      ),
    )
    for (const { sha256 } of rows) await mirror.forget(town.id, sha256)
  }
  await writeWhole(mark, Buffer.from(oldest))
}
