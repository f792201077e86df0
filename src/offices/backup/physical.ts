import { z } from 'zod'
import { type Base, openWith, recover, restoreMirror, takeBase } from '../../platform/backup/index.ts'
import type { Config } from '../../platform/config.ts'
import { readSecretFile } from '../../platform/crypto/index.ts'
import { openFiles } from '../../platform/files/index.ts'
import type { House } from '../../platform/house.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { toldOf } from './keeper/told.ts'
import { refuseOtherKeys } from './keys.ts'

type Tools = {
  config: Config
  inHouse<T>(work: (house: House) => Promise<T>): Promise<T>
  say(line: string): void
}
export type RestoreOptions = { physical?: boolean; identity?: string; until?: string; pgWal?: string }

const inOwnPostgres =
  'The database is one of your own (DATABASE_URL), whose log is not ours to follow: use pgBackRest, Barman or pg_basebackup for it, and shubbak backup FOLDER for rows and files'

/** `shubbak backup FOLDER --physical`: a base backup by hand; it is whole with the log that is followed where BACKUP_DIR is set. */
export async function makePhysical({ config, inHouse, say }: Tools, root: string): Promise<void> {
  if (config.databaseUrl !== undefined) throw new PlainError(inOwnPostgres)
  if (config.backup.folder !== root)
    throw new PlainError(
      `A base backup is good only together with the log after it: set BACKUP_DIR=${root} and start Shubbak, which takes one at once and then each night`,
    )
  await inHouse(async house => {
    const began = performance.now()
    const { keys: recipients } = config.backup
    const url = house.server.ownerUrl
    const { folder, base } = await takeBase({
      url,
      root,
      recipients,
      clock: house.clock,
      told: await toldOf(house),
    })
    const seconds = (performance.now() - began) / 1000
    say(
      `Made ${folder}: ${megabytes(base.bytes)} in ${megabytes(base.tar.bytes)}, ${seconds.toFixed(1)} s (${megabytes(base.bytes / seconds)} a second)`,
    )
  })
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

const told = z.object({
  version: z.string(),
  schema: z.string(),
  keys: z.object({ index: z.string(), sealing: z.array(z.object({ id: z.int(), proof: z.string() })) }),
})

/** `shubbak restore FOLDER --physical`: the database to an instant or the end of its log, then every file. */
export async function restorePhysical(
  { config, say }: Tools,
  root: string,
  options: RestoreOptions,
): Promise<void> {
  if (config.databaseUrl !== undefined) throw new PlainError(inOwnPostgres)
  const began = performance.now()
  const until = options.until === undefined ? undefined : readInstant(options.until)
  const { secretFile, dataDir, systemDir } = config
  const check = ({ told: is }: Base) => {
    const found = told.safeParse(is)
    if (found.success) refuseOtherKeys(found.data.keys, readSecretFile(secretFile), secretFile)
  }
  const { identity, pgWal: survivingWal } = options
  const { base } = await recover({ root, dataDir, systemDir, identity, until, survivingWal, check, say })
  const files = await restoreMirror(root, openFiles(config.filesUrl, dataDir), openWith(identity))
  say(`Files: ${files.files} (${megabytes(files.bytes)})`)
  const { version, schema } = told.parse(base.told)
  say(
    `Restored in ${((performance.now() - began) / 1000).toFixed(1)} s, made by Shubbak ${version} with the schema ${schema}. Next: shubbak start, then shubbak verify --deep`,
  )
}

function readInstant(text: string): Date {
  const at = new Date(text)
  if (Number.isNaN(at.getTime()) || !/(Z|[+-]\d\d:?\d\d)$/.test(text))
    throw new PlainError(
      `--until is wrong: expected an instant with its zone, such as 2026-11-22T10:00:00+02:00`,
    )
  return at
}
