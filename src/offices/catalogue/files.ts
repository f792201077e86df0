import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { type Commons, parseService } from '../../kernel/definition/index.ts'
import type { Localized } from '../../lib/localized.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { projectRoot } from '../../platform/root.ts'

const shipped = join(projectRoot, 'catalogue')

/** The texts of a folder: its services, and the common files in its `common/` by name (`common/steps.yaml` is `steps`). */
export type ServiceFolder = { path: string; files: { file: string; source: string }[]; commons: Commons }

/** Every service file of a folder with its text, unread. */
export async function listServiceFiles(folder = shipped): Promise<ServiceFolder> {
  const [services, commons] = await Promise.all([textsOf(folder), commonFiles(folder)])
  return { path: folder, files: services.map(([file, source]) => ({ file, source })), commons }
}

/** The common files of a folder; a folder without any has none. */
async function commonFiles(folder: string): Promise<Commons> {
  const texts = await textsOf(join(folder, 'common')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return new Map(texts.map(([file, text]) => [basename(file, '.yaml'), text]))
}

async function textsOf(folder: string): Promise<[file: string, text: string][]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.yaml')).sort()
  return Promise.all(
    names.map(async (file): Promise<[string, string]> => [file, await readFile(join(folder, file), 'utf8')]),
  )
}

export type ServiceFile = {
  file: string
  source: string
  code: string
  version: number
  /** The texts of the common files it uses, by name. */
  commons: Commons
}

/** The services that come with the product, each read; only those of these codes where any are named. A faulty file is told with line and reason. */
export async function loadServiceFiles(folder?: string, only?: readonly string[]): Promise<ServiceFile[]> {
  const { files, commons } = await listServiceFiles(folder)
  const wanted = files.filter(({ file }) => only === undefined || only.includes(basename(file, '.yaml')))
  return wanted.map(({ file, source }) => {
    const read = parseService(source, commons)
    if (read.ok) {
      const { code, version } = read.definition
      const used = read.uses.map(name => [name, commons.get(name) ?? ''] as const)
      return { file, source, code, version, commons: new Map(used) }
    }
    const [first] = read.faults
    throw new PlainError(`${file}:${first?.line ?? 1} ${first?.path ?? ''} ${first?.message.ar ?? ''}`)
  })
}

/** An office as services name it. */
export type TownOffice = { code: string; name: Localized }

/** The offices a town usually has: what the shipped services name. */
export async function usualOffices(): Promise<TownOffice[]> {
  const text = await readFile(join(shipped, 'town', 'offices.yaml'), 'utf8')
  return parse(text) as TownOffice[]
}
