import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'shubbak') return folder
    if (folder === dirname(folder)) throw new Error(`No folder of shubbak above ${from}`)
  }
}

/** The folder of the project, the same whether the program runs from `src` (tests) or bundled from `dist`. */
export const projectRoot = findRoot(import.meta.dirname)
