import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import { checkService, parseService } from '../../kernel/definition/index.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { listServiceFiles } from './files.ts'

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
      const files = await listServiceFiles(folder)
      let faults = 0
      for (const { file, source } of files) {
        const read = parseService(source)
        const found = read.ok ? checkService(read.definition, undefined, read.locate) : read.faults
        faults += found.length
        for (const { line, path, message } of found) say(`${file}:${line} ${path}: ${message.ar}`)
      }
      const took = Math.round(performance.now() - began)
      if (faults > 0) throw new PlainError(`${faults} faults in ${files.length} services`)
      say(`${files.length} services, no fault, ${took} ms`)
    })
}
