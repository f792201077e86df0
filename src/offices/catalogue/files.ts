import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseService } from '../../kernel/definition/index.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { projectRoot } from '../../platform/root.ts'

/** Every service file of a folder with its text, unread. */
export async function listServiceFiles(
  folder = join(projectRoot, 'catalogue'),
): Promise<{ file: string; source: string }[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.yaml')).sort()
  return Promise.all(names.map(async file => ({ file, source: await readFile(join(folder, file), 'utf8') })))
}

export type ServiceFile = { file: string; source: string; code: string; version: number }

/** The services that come with the product, each read and checked. A faulty file is named with line and reason. */
export async function loadServiceFiles(folder?: string): Promise<ServiceFile[]> {
  return (await listServiceFiles(folder)).map(({ file, source }) => {
    const read = parseService(source)
    if (read.ok) return { file, source, code: read.definition.code, version: read.definition.version }
    const [first] = read.faults
    throw new PlainError(`${file}:${first?.line ?? 1} ${first?.path ?? ''} ${first?.message.ar ?? ''}`)
  })
}
