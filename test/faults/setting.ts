import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../../src/platform/root.ts'
import { describeCode } from '../bench/machine.ts'
import { chanceOf } from './chance.ts'

/** How a fault script is run: its words after the name, and chance that can be had again. */
export type Setting = {
  quick: boolean
  seed: number
  /** The commit that is tried, as it stood when the script began. */
  commit: string
  chance: ReturnType<typeof chanceOf>
  say(line: string): void
  /** The number after `--NAME`; else the first, or the second where it is to be quick. */
  number(name: string, whole: number, quick: number): number
  /** The word after `--NAME`. */
  word(name: string): string | undefined
  /** The bundled program, the way it runs in a town; another entry on request. */
  program(entry?: string): Promise<string>
  /** Takes the bundles away. */
  clear(): Promise<void>
}

const entryOfProgram = 'src/main.ts'

export function settingOf(words: readonly string[]): Setting {
  const word = (name: string) => {
    const at = words.indexOf(`--${name}`)
    return at < 0 ? undefined : words[at + 1]
  }
  const quick = words.includes('--quick')
  const number = (name: string, whole: number, brief: number) => {
    const typed = word(name)
    const value = typed === undefined ? (quick ? brief : whole) : Number(typed)
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number`)
    return value
  }
  const seed = number('seed', Math.floor(Math.random() * 2 ** 31), Math.floor(Math.random() * 2 ** 31))
  const bundled = new Map<string, Promise<string>>()
  return {
    quick,
    seed,
    word,
    number,
    commit: describeCode().commit,
    chance: chanceOf(seed),
    say: line => void process.stdout.write(`  ${line}\n`),
    program(entry = entryOfProgram) {
      const known = bundled.get(entry) ?? bundle(entry)
      bundled.set(entry, known)
      return known
    },
    async clear() {
      for (const file of await Promise.allSettled(bundled.values()))
        if (file.status === 'fulfilled')
          for (const path of [file.value, `${file.value}.map`]) rmSync(path, { force: true })
    },
  }
}

type Build = {
  bundleEntry(entry: string, file: string): Promise<void>
  stopBuilding(): Promise<void>
}

/** Bundles a program for its own processes; the name carries ours, so that two runs do not share it. */
async function bundle(entry: string): Promise<string> {
  const build = (await import(pathToFileURL(join(projectRoot, 'build.mjs')).href)) as Build
  const name = entry.replaceAll('/', '-').replace(/\.ts$/, '')
  const file = join(projectRoot, 'dist', 'run', `faults-${process.pid}-${name}.js`)
  await build.bundleEntry(join(projectRoot, entry), file)
  await build.stopBuilding()
  return file
}
