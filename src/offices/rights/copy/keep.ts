import { sql } from 'kysely'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { lock, newKey, unlock } from './locked.ts'
import { type CopyFile, type FileKind, filesOf } from './store.ts'

const purpose = 'data-copy'

/**
 * Puts a file of a copy on the archive's shelf, locked by a key of its own, and names it in the database. A process that dies between the two
 * leaves bytes nobody can open: the key was in its memory alone.
 */
export async function keepFile(
  house: Pick<House, 'files' | 'crypto' | 'database'>,
  town: string,
  of: { copyId: string; no: number; kind: FileKind; name: string; bytes: AsyncIterable<Uint8Array> },
): Promise<void> {
  const key = newKey()
  const counted = { size: 0 }
  const { sha256 } = await house.files.put(town, lock(key, of.bytes, counted))
  const sealed = house.crypto.seal(town, purpose, key.toString('base64'))
  await house.database.write(town, tx =>
    sql`insert into data_copy_file (municipality_id, copy_id, file_no, kind, file_name, size, sha256, key_sealed, downloads)
        values (${town}, ${of.copyId}, ${of.no}, ${of.kind}, ${of.name}, ${counted.size}, ${sha256}, ${sealed}, 0)`.execute(
      tx.q,
    ),
  )
}

/** The bytes of a file of a copy, opened. */
export async function* openFile(
  house: Pick<House, 'files' | 'crypto'>,
  town: string,
  file: CopyFile,
): AsyncGenerator<Buffer> {
  const key = Buffer.from(house.crypto.open(town, purpose, file.keySealed), 'base64')
  yield* unlock(key, await house.files.get(town, file.sha256))
}

/** Takes the files of a copy off the shelf, and then their rows with their keys. */
export async function destroyFiles(
  house: Pick<House, 'files' | 'database'>,
  town: string,
  copyId: string,
): Promise<void> {
  const files = await house.database.read(town, tx => filesOf(tx, copyId))
  for (const { sha256 } of files) await house.files.remove(town, sha256)
  if (files.length === 0) return
  await house.database.write(town, tx =>
    sql`delete from data_copy_file where municipality_id = ${town} and copy_id = ${copyId}`.execute(tx.q),
  )
}

/** Notes that a copy is no more. */
export async function noteDestroyed(tx: Write, of: { copyId: string; personId: string }): Promise<void> {
  const { rows } =
    await sql`update data_copy set state = 'destroyed', destroyed_at = ${tx.now}, opened_by = null, opened_until = null
     where municipality_id = ${tx.town} and copy_id = ${of.copyId} and state = 'ready' returning 1`.execute(
      tx.q,
    )
  if (rows.length === 0) return
  await record(tx, {
    actor: { kind: 'system', id: 'system' },
    act: 'rights.copy-destroyed',
    subjectKind: 'data-copy',
    subjectId: of.copyId,
    personId: of.personId,
  })
}
