import { type DefinitionFault, type Finding, fillWords, toFault, words } from '../faults.ts'
import { checkFormat } from '../format.ts'
import { readYaml } from './yaml.ts'

/** Texts of the common files, by the name that stands in `common:`. */
export type Commons = ReadonlyMap<string, string>

export type ReadCommon =
  | { ok: true; parts: ReadonlyMap<string, unknown> }
  | { ok: false; finding: Finding; line: number }

const partId = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** The same few texts are read by every service of a catalogue. */
const known = new Map<string, ReadCommon>()
const mostKnown = 200

/** The parts of a common file: `format: 1`, `common: NAME`, `parts: { part-id: anything }`. */
export function readCommon(name: string, text: string): ReadCommon {
  const key = `${name}\n${text}`
  let read = known.get(key)
  if (!read) {
    read = readAnew(name, text)
    if (known.size >= mostKnown) known.clear()
    known.set(key, read)
  }
  return read
}

function readAnew(name: string, text: string): ReadCommon {
  const read = readYaml(text)
  if (!read.ok) return read
  const fault = (finding: Finding): ReadCommon => ({ ok: false, finding, line: read.lineOf(finding.path) })
  if (!isMapping(read.value)) return fault({ path: [], code: 'not-a-common' })
  const { format, needs, common, parts, ...rest } = read.value
  const newer = checkFormat({ format, needs })
  if (newer) return fault(newer)
  const [stray] = Object.keys(rest)
  if (stray !== undefined) return fault({ path: [stray], code: 'unknown-key', values: { key: stray } })
  if (common !== name) return fault({ path: ['common'], code: 'common-name', values: { name } })
  if (!isMapping(parts)) return fault({ path: ['parts'], code: 'missing-key', values: { key: 'parts' } })
  const strange = Object.keys(parts).find(id => !partId.test(id))
  if (strange !== undefined) return fault({ path: ['parts', strange], code: 'bad-form' })
  return { ok: true, parts: new Map(Object.entries(parts)) }
}

/** What keeps a common file from being used. */
export function checkCommon(name: string, text: string): DefinitionFault[] {
  const read = readCommon(name, text)
  return read.ok ? [] : [toFault(read.finding, read.line)]
}

/** What is wrong with a common file, said where a service uses it. */
export function faultyCommon(name: string, { finding, line }: ReadCommon & { ok: false }): Finding {
  const inner = words[finding.code]
  const say = (text: string) => fillWords(text, finding.values)
  return {
    path: [],
    code: 'common-faulty',
    message: {
      ar: `الملف المشترك «${name}»، السطر ${line}: ${say(inner.ar)}`,
      en: `The common file “${name}”, line ${line}: ${say(inner.en)}`,
    },
  }
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
