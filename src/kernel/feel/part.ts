import type { SyntaxNode } from '@lezer/common'
import type { Decimal } from '../../lib/decimal.ts'
import { FeelError } from './errors.ts'
import type { Closure } from './run.ts'
import { describeType, type FeelScope, type FeelType, unify } from './types.ts'

/** A compiled part: what it gives, and the text or number it is when it is written out. */
export type Part = {
  readonly type: FeelType
  readonly run: Closure
  readonly literal?: string | Decimal
  /** The path of names, when the part is nothing but a name given from outside. */
  readonly path?: readonly string[]
}

/** Hears which way each `if` of a rule went; asked once for each, by its place in the source. */
export type Probe = (at: number) => (then: boolean) => void

/** What compiling knows: the source, the names from outside, the loop variables and their places. */
export type Compilation = {
  readonly source: string
  readonly scope: FeelScope
  readonly locals: ReadonlyMap<string, { readonly type: FeelType; readonly slot: number }>
  readonly names: Set<string>
  readonly slots: { count: number }
  readonly probe?: Probe | undefined
  /** Compiles any node; the parts of the language reach one another through it. */
  readonly dispatch: (node: SyntaxNode, to: Compilation) => Part
}

/** Compiles a node of whatever kind. */
export function compilePart(node: SyntaxNode, to: Compilation): Part {
  return to.dispatch(node, to)
}

/** Compiles a node and insists on its type. */
export function compileAs(node: SyntaxNode, type: FeelType, to: Compilation): Part {
  const part = compilePart(node, to)
  if (!unify(type, part.type)) {
    throw new FeelError('wrong-type', node, describeType(type), describeType(part.type))
  }
  return part
}

/** The type two parts share, or the error that says why they have none. */
export function shared(node: SyntaxNode, a: FeelType, b: FeelType): FeelType {
  const type = unify(a, b)
  if (type) return type
  if (a.kind === 'money' && b.kind === 'money') {
    throw new FeelError('currencies-differ', node, a.currency, b.currency)
  }
  throw new FeelError('types-differ', node, describeType(a), describeType(b))
}
