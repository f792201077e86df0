import {
  checkCatalogue,
  checkCommon,
  checkService,
  compileService,
  type DefinitionFault,
  type Locate,
  parseService,
  type ServiceDefinition,
  type Surroundings,
} from '../../kernel/definition/index.ts'
import { type ExamplesRun, faultsOf, runExamples } from '../../kernel/examples/index.ts'
import { FeelError } from '../../kernel/feel/index.ts'
import type { ServiceFolder } from './files.ts'
import type { ServiceText } from './text.ts'

export type FileFault = DefinitionFault & { file: string }

/** What was found in a folder of services, and how much of it was tried out. */
export type FolderCheck = {
  faults: FileFault[]
  services: number
  examples: number
  /** Ways the conditions of all services can go, and how many of them an example goes. */
  branches: { all: number; taken: number }
}

/** Reads, checks and tries out the services of a folder; `only` these codes, or all. */
export function checkFolder(
  folder: ServiceFolder,
  around: Surroundings,
  only?: readonly string[],
): FolderCheck {
  const codeOf = (file: string) => file.replace(/\.yaml$/, '')
  const files = folder.files.filter(({ file }) => !only || only.includes(codeOf(file)))
  const town = { services: folder.files.map(({ file }) => codeOf(file)), ...around }
  const common = [...folder.commons].flatMap(([name, text]) =>
    checkCommon(name, text).map(fault => ({ ...fault, file: `common/${name}.yaml` })),
  )
  const checks = files.map(({ file, source }) => ({
    file,
    ...checkText({ source, commons: folder.commons }, town),
  }))
  const read = checks.flatMap(({ file, read }) => (read ? [{ file, ...read }] : []))
  const together = only ? [] : checkCatalogue(read)
  const branches = checks.flatMap(({ run }) => run?.branches ?? [])
  return {
    faults: [
      ...(only ? [] : common),
      ...checks.flatMap(({ file, faults }) => faults.map(fault => ({ ...fault, file }))),
      ...together.map(({ service, fault }) => ({ ...fault, file: service.file })),
    ],
    services: files.length,
    examples: checks.reduce((sum, { run }) => sum + (run?.examples.length ?? 0), 0),
    branches: { all: branches.length, taken: branches.filter(({ taken }) => taken).length },
  }
}

export type TextCheck = {
  faults: DefinitionFault[]
  /** What the text says, if it reads. */
  read?: { definition: ServiceDefinition; locate: Locate; uses: readonly string[] }
  /** What became of its examples, if they could be run. */
  run?: ExamplesRun
}

/** Everything that is found in one service's text. Its examples are run as soon as its rules compile. */
export function checkText({ source, commons }: ServiceText, around: Surroundings = {}): TextCheck {
  const read = parseService(source, commons)
  if (!read.ok) return { faults: read.faults }
  const { definition, locate } = read
  const faults = checkService(definition, around, locate)
  if (!compiles(definition)) return { faults, read }
  const run = runExamples(definition)
  return { faults: [...faults, ...faultsOf(definition, run, locate)], read, run }
}

function compiles(definition: ServiceDefinition): boolean {
  try {
    compileService(definition)
    return true
  } catch (error) {
    if (error instanceof FeelError) return false
    throw error
  }
}
