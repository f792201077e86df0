import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import type { Surroundings } from '../../kernel/definition/index.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { acceptOutcomes } from './accept.ts'
import { checkFolder, type FolderCheck } from './check.ts'
import { listServiceFiles, type ServiceFolder, usualOffices } from './files.ts'

type Tools = { say(line: string): void }

/**
 * Reads, checks and tries out every service file, and names each fault with its line. Needs no database. `effects` are the names steps
 * may call, where they are known.
 */
export function catalogueCommand(program: Command, { say }: Tools, effects?: () => readonly string[]): void {
  program
    .command('catalogue')
    .description('the services of the town as data')
    .command('check')
    .description('read, check and try out every service file')
    .argument('[what]', 'where the files lie (those of the product unless given), or the code of one service')
    .option('--json', 'for programs')
    .option(
      '--accept',
      'write what came of the examples into the files as what is expected: read it before you keep it',
    )
    .action(async (what: string | undefined, { json, accept }: { json?: true; accept?: true }) => {
      const began = performance.now()
      const codes = what !== undefined && /^[A-Z]{2,5}-\d{2,3}$/.test(what) ? [what] : undefined
      const read = () => listServiceFiles(codes ? undefined : what)
      if (accept) await acceptIn(await read(), codes)
      const folder = await read()
      const around: Surroundings = {
        offices: (await usualOffices()).map(({ code }) => code),
        ...(effects && { effects: effects() }),
      }
      const check = checkFolder(folder, around, codes)
      if (check.services === 0) throw new PlainError('There is no service file here')
      const milliseconds = Math.round(performance.now() - began)
      if (json) say(JSON.stringify({ ...check, milliseconds }))
      else tell(check, milliseconds, say)
      const stops = check.faults.filter(({ severity }) => severity === 'fault').length
      if (stops > 0) throw new PlainError(`${stops} faults in ${check.services} services`)
    })
}

function tell(
  { faults, services, examples, branches }: FolderCheck,
  milliseconds: number,
  say: Tools['say'],
): void {
  for (const { file, line, path, severity, message } of faults) {
    say(`${file}:${line} ${path}: ${severity === 'warning' ? 'تنبيه: ' : ''}${message.ar}`)
  }
  say(
    `${services} services, ${examples} examples, ${branches.taken} of ${branches.all} branches taken, ${milliseconds} ms`,
  )
}

async function acceptIn({ files, commons, path }: ServiceFolder, only?: readonly string[]): Promise<void> {
  for (const { file, source } of files) {
    if (only && !only.includes(file.replace(/\.yaml$/, ''))) continue
    const accepted = acceptOutcomes(source, commons)
    if (accepted !== source) await writeFile(join(path, file), accepted)
  }
}
