import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import {
  type Commons,
  checkCommon,
  checkService,
  type DefinitionFault,
  parseService,
  type Surroundings,
} from '../../kernel/definition/index.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { listServiceFiles, type ServiceFolder, usualOffices } from './files.ts'

type Tools = { say(line: string): void }

/** Reads and checks every service file, and names each fault with its line. Needs no database. */
export function catalogueCommand(program: Command, { say }: Tools): void {
  program
    .command('catalogue')
    .description('the services of the town as data')
    .command('check')
    .description('read and check every service file')
    .argument('[folder]', 'where the files lie; those of the product unless given')
    .action(async (folder?: string) => {
      const began = performance.now()
      const { files, commons } = await listServiceFiles(folder)
      const around = { offices: (await usualOffices()).map(({ code }) => code) }
      const found = [...faultsInCommon(commons), ...faultsIn(files, commons, around)]
      for (const { file, line, path, message } of found) say(`${file}:${line} ${path}: ${message.ar}`)
      const took = Math.round(performance.now() - began)
      if (found.length > 0) throw new PlainError(`${found.length} faults in ${files.length} services`)
      say(`${files.length} services, no fault, ${took} ms`)
    })
}

type FoundFault = DefinitionFault & { file: string }

const faultsInCommon = (commons: Commons): FoundFault[] =>
  [...commons].flatMap(([name, text]) =>
    checkCommon(name, text).map(fault => ({ ...fault, file: `common/${name}.yaml` })),
  )

const faultsIn = (files: ServiceFolder['files'], commons: Commons, around: Surroundings): FoundFault[] =>
  files.flatMap(({ file, source }) => {
    const read = parseService(source, commons)
    const found = read.ok ? checkService(read.definition, around, read.locate) : read.faults
    return found.map(fault => ({ ...fault, file }))
  })
