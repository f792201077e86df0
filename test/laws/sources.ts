import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from '../../src/platform/root.ts'

export type Source = { path: string; text: string }

/** The program's own files below `src`, without their tests. */
export function sources(pattern: string): Source[] {
  return globSync(pattern, { cwd: projectRoot })
    .filter(path => !/\.test\.tsx?$/.test(path) && !path.includes('/testing/'))
    .map(path => ({
      path: relative(projectRoot, join(projectRoot, path)),
      text: readFileSync(join(projectRoot, path), 'utf8'),
    }))
}

/** The text without its comments, so that a law about code is not broken by words about it. */
export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
