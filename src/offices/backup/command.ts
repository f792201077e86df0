import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { House } from '../../platform/house.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { enterBackup, type MayEnter } from './enter.ts'
import { makeBackup } from './make.ts'
import type { Manifest } from './manifest.ts'

type Tools = { inHouse<T>(work: (house: House) => Promise<T>): Promise<T>; say(line: string): void }

/** `shubbak backup`, `restore`, `export`, `import`: one format, all towns or one. */
export function backupCommands(program: Command, { inHouse, say }: Tools): void {
  const make = (folder: string, slug?: string) =>
    inHouse(async house => {
      const path = resolve(folder)
      const options = slug === undefined ? { say } : { say, slug }
      const manifest = await makeBackup(house, path, options)
      say(`Made ${path}: ${told(manifest)}`)
      say(
        `The secret file is NOT in it. Keep a copy of ${house.config.secretFile} (${manifest.keys.sealing.map(key => `key ${key.id}`).join(', ')}) apart: without it the sealed columns never open again`,
      )
      const lost = manifest.files.lost.length
      if (lost > 0)
        throw new PlainError(`Files that were missing or damaged already: ${lost}; all else is in ${path}`)
    })
  const enter = (folder: string, mayEnter: MayEnter) =>
    inHouse(async house => {
      const path = resolve(folder)
      const manifest = await enterBackup(house, path, { say, mayEnter })
      say(`Entered ${path}: ${told(manifest)}. Next: shubbak verify --deep`)
    })

  program
    .command('backup')
    .description('write all towns into a new folder: tables and files, not the secret file')
    .argument('<folder>', 'the folder to make')
    .action((folder: string) => make(folder))
  program
    .command('restore')
    .description('bring a backup back into an empty installation that was migrated and has its secret file')
    .argument('<folder>', 'what shubbak backup made')
    .action((folder: string) => enter(folder, intoNothing))
  program
    .command('export')
    .description('write one town into a new folder, as backup does')
    .argument('<town>', 'its short name')
    .argument('<folder>', 'the folder to make')
    .action((slug: string, folder: string) => make(folder, slug))
  program
    .command('import')
    .description('bring one town into an installation of the same secret file that does not have it')
    .argument('<folder>', 'what shubbak export made')
    .action((folder: string) => enter(folder, besideOthers))
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
