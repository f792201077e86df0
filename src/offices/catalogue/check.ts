import {
  type Commons,
  checkCommon,
  checkService,
  type DefinitionFault,
  parseService,
  type Surroundings,
} from '../../kernel/definition/index.ts'
import { type ExamplesRun, faultsOf, runExamples } from '../../kernel/examples/index.ts'
import type { ServiceFolder } from './files.ts'

/** Whether a service without examples is faulty; those that have some are held to them in any case. */
export const examplesNeeded = false

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
  const files = folder.files.filter(({ file }) => !only || only.includes(file.replace(/\.yaml$/, '')))
  const common = [...folder.commons].flatMap(([name, text]) =>
    checkCommon(name, text).map(fault => ({ ...fault, file: `common/${name}.yaml` })),
  )
  const checks = files.map(({ file, source }) => ({ file, ...checkText(source, folder.commons, around) }))
  const branches = checks.flatMap(({ run }) => run?.branches ?? [])
  return {
    faults: [
      ...(only ? [] : common),
      ...checks.flatMap(({ file, faults }) => faults.map(fault => ({ ...fault, file }))),
    ],
    services: files.length,
    examples: checks.reduce((sum, { run }) => sum + (run?.examples.length ?? 0), 0),
    branches: { all: branches.length, taken: branches.filter(({ taken }) => taken).length },
  }
}

/** Everything that is wrong with one service's text; its examples run once nothing else is. */
export function checkText(
  source: string,
  commons: Commons,
  around: Surroundings,
): { faults: DefinitionFault[]; run?: ExamplesRun } {
  const read = parseService(source, commons)
  if (!read.ok) return { faults: read.faults }
  const { definition, locate } = read
  const faults = checkService(definition, around, locate)
  const isTried = examplesNeeded || (definition.examples ?? []).length > 0
  if (!isTried || faults.some(({ code }) => code.startsWith('rule-'))) return { faults }
  const run = runExamples(definition)
  return { faults: [...faults, ...faultsOf(definition, run, locate)], run }
}
