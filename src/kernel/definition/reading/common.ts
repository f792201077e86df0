import { type DefinitionFault, type Finding, fillWords, toFault, words } from '../faults.ts'
import { checkFormat } from '../format.ts'
import { readYaml } from './yaml.ts'

/** Texts of the common files, by the name that stands in `common:`. */
export type Commons = ReadonlyMap<string, string>

export type ReadCommon =
  | { ok: true; parts: ReadonlyMap<string, CommonPart> }
  | { ok: false; finding: Finding; line: number }

/** One part. A plain one names no other part and waits for nothing: it is put in as it is. */
export type CommonPart = { value: unknown; size: number; isPlain: boolean }

const partId = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** The same few texts are read by every service of a catalogue. */
const byCommons = new WeakMap<Commons, Map<string, ReadCommon>>()
const byText = new Map<string, ReadCommon>()
const mostKnown = 200

/** The parts of a common file: `format: 1`, `common: NAME`, `parts: { part-id: anything }`; undefined where there is no such file. */
export function readCommon(name: string, commons: Commons): ReadCommon | undefined {
  const files = byCommons.get(commons) ?? new Map<string, ReadCommon>()
  byCommons.set(commons, files)
  const known = files.get(name)
  if (known) return known
  const text = commons.get(name)
  if (text === undefined) return undefined
  const read = byText.get(`${name}\n${text}`) ?? readAnew(name, text)
  if (byText.size >= mostKnown) byText.clear()
  byText.set(`${name}\n${text}`, read)
  files.set(name, read)
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
  return { ok: true, parts: new Map(Object.entries(parts).map(([id, value]) => [id, measured(value)])) }
}

/** How a use of a part is written. */
export const useForm = /^([a-z][a-z0-9-]*)\.([a-z][a-z0-9-]*)$/
/** How a part says that it waits for something. */
export const parameterForm = /^\$([A-Za-z][A-Za-z0-9-]*)$/

function measured(value: unknown): CommonPart {
  let size = 0
  let isPlain = true
  const look = (node: unknown, depth: number): void => {
    size += 1
    if (typeof node === 'string') isPlain &&= !parameterForm.test(node)
    if (typeof node !== 'object' || node === null) return
    if ('use' in node || depth > 30) isPlain = false
    for (const child of Object.values(node)) look(child, depth + 1)
  }
  look(value, 0)
  return { value, size, isPlain }
}

/** What keeps a common file from being used. */
export function checkCommon(name: string, text: string): DefinitionFault[] {
  const read = readAnew(name, text)
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
