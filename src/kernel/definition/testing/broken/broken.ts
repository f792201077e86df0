import type { Surroundings } from '../../checks/surroundings.ts'
import type { DefinitionFaultCode } from '../../faults.ts'
import { smallService } from '../small.ts'
import { wideService } from '../wide.ts'

/** A service broken in one place, and what the checks are to say of it. */
export type Broken = {
  code: DefinitionFaultCode
  what: string
  source: string
  line: number
  /** What the same slip leads to elsewhere. */
  also: readonly DefinitionFaultCode[]
  around: Surroundings
}

type Texts = readonly (readonly [from: string, to: string])[]
type More = {
  /** Lines further down than the first text that was replaced. */
  below?: number
  also?: readonly DefinitionFaultCode[]
  around?: Surroundings
}

/** Breaks a text by replacing pieces of it, each where it first stands. */
const breaking =
  (whole: string) =>
  (
    code: DefinitionFaultCode,
    what: string,
    texts: Texts,
    { below = 0, also = [], around = {} }: More = {},
  ) => {
    let source = whole
    for (const [from, to] of texts) {
      if (!source.includes(from)) throw new Error(`not in the service: ${from}`)
      source = source.replace(from, () => to)
    }
    const at = whole.indexOf(texts[0]?.[0] ?? '')
    const line = whole.slice(0, at).split('\n').length + below
    return { code, what, source, line, also, around } satisfies Broken
  }

/** Breaks the small service (`small.ts`), the wide one (`wide.ts`). */
export const small = breaking(smallService)
export const wide = breaking(wideService)
