import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Config } from '../../platform/config.ts'
import type { House } from '../../platform/house.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { enterBackup, type MayEnter } from './enter.ts'
import { runKeeper } from './keeper/run.ts'
import { makeBackup } from './make.ts'
import type { Manifest } from './manifest.ts'
import { openExport } from './open/export.ts'
import { makePhysical, type RestoreOptions, restorePhysical } from './physical.ts'

type Tools = {
  config: Config
  inHouse<T>(work: (house: House) => Promise<T>): Promise<T>
  say(line: string): void
}

/** `shubbak backup`, `restore`, `export`, `import`: one format, all towns or one. */
export function backupCommands(program: Command, tools: Tools): void {
  const { config, inHouse, say } = tools
  const make = (folder: string, slug?: string) =>
    inHouse(async house => {
      const path = resolve(folder)
      const { keys } = config.backup
      const options = slug === undefined ? { say, keys } : { say, keys, slug, open: openExport(house) }
      const manifest = await makeBackup(house, path, options)
      say(`Made ${path}: ${told(manifest)}`)
      say(
        `The secret file is NOT in it. Keep a copy of ${house.config.secretFile} (${manifest.keys.sealing.map(key => `key ${key.id}`).join(', ')}) apart: without it the sealed columns never open again`,
      )
      const lost = manifest.files.lost.length
      if (lost > 0)
        throw new PlainError(`Files that were missing or damaged already: ${lost}; all else is in ${path}`)
    })
  const enter = (folder: string, mayEnter: MayEnter, identity: string | undefined) =>
    inHouse(async house => {
      const path = resolve(folder)
      const manifest = await enterBackup(house, path, { say, mayEnter, ...(identity && { identity }) })
      say(`Entered ${path}: ${told(manifest)}. Next: shubbak verify --deep`)
    })
  const identity = [
    '--identity <file>',
    'the private key, where it is sealed (age-keygen writes such a file)',
  ] as const

  program
    .command('backup')
    .description('write all towns into a new folder: tables and files, not the secret file')
    .argument('<folder>', 'the folder to make; with --physical the folder of backups, as BACKUP_DIR')
    .option('--physical', 'the whole embedded database as it lies there, to which its log is added')
    .action((folder: string, { physical = false }: { physical?: boolean }) =>
      physical ? makePhysical(tools, resolve(folder)) : make(folder),
    )
  program
    .command('restore')
    .description('bring a backup back into an empty installation that has its secret file')
    .argument('<folder>', 'what shubbak backup made; with --physical the folder of backups')
    .option(...identity)
    .option('--physical', 'from a base backup and the log after it, into a DATA_DIR without a database')
    .option('--until <instant>', 'with --physical: as it stood then, such as 2026-11-22T10:00:00+02:00')
    .option('--pg-wal <folder>', 'with --physical: pg_wal of the dead database, where its disk can be read')
    .action((folder: string, options: RestoreOptions) =>
      options.physical
        ? restorePhysical(tools, resolve(folder), options)
        : enter(folder, intoNothing, options.identity),
    )
  program
    .command('export')
    .description('write one town into a new folder: as backup does, and in tables people read')
    .argument('<town>', 'its short name')
    .argument('<folder>', 'the folder to make')
    .action((slug: string, folder: string) => make(folder, slug))
  program
    .command('import')
    .description('bring one town into an installation of the same secret file that does not have it')
    .argument('<folder>', 'what shubbak export made')
    .option(...identity)
    .action((folder: string, options: RestoreOptions) => enter(folder, besideOthers, options.identity))
  program
    .command('keep')
    .description(
      'follow the database into BACKUP_DIR, whole each night; start and serve run it where BACKUP_DIR is set',
    )
    .action(() => runKeeper(tools))
}

const told = ({ towns, tables, files }: Manifest) =>
  `${towns.map(town => town.slug).join(', ')}; ${tables.reduce((sum, table) => sum + table.rows, 0)} rows, ${files.count} files`

const intoNothing: MayEnter = async client => {
  const { rows } = await client.query<{ slug: string }>('select slug from public.municipality limit 1')
  if (rows[0])
    throw new PlainError(`Here is the town ${rows[0].slug} already: restore needs an empty installation`)
}

const besideOthers: MayEnter = async (client, { towns }) => {
  const [town, ...more] = towns
  if (!town || more.length > 0)
    throw new PlainError(`It holds ${towns.length} towns: import takes one, as shubbak export made it`)
  const { rows } = await client.query<{ slug: string }>(
    `select slug from public.municipality where municipality_id = $1 or slug = $2 or hosts && $3::text[]`,
    [town.id, town.slug, town.hosts],
  )
  if (rows[0])
    throw new PlainError(
      `Here is the town ${rows[0].slug} already, with the id, the short name or a host of ${town.slug}`,
    )
}
