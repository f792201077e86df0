/** The part of FEEL that sentences are made of, as a tree. Whatever lies outside of it stays a formula, untouched. */
export type Expression =
  | { kind: 'number'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'truth'; yes: boolean }
  | { kind: 'nothing' }
  | { kind: 'name'; name: string }
  | { kind: 'call'; of: string; given: Expression[] }
  | { kind: 'two'; sign: Sign; left: Expression; right: Expression }
  | { kind: 'in'; what: Expression; items: Expression[] }
  | { kind: 'if'; test: Expression; then: Expression; otherwise: Expression }
  | { kind: 'for'; item: string; list: Expression; result: Expression }

export type Sign = 'or' | 'and' | Comparison | '+' | '-' | '*'
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

type Token = { kind: 'number' | 'text' | 'word' | 'sign'; text: string }

const token = /\s*(?:(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*")|([A-Za-z_]\w*)|(<=|>=|!=|[-+*()=<>,.[\]]))/y

function tokensOf(source: string): Token[] | undefined {
  const tokens: Token[] = []
  const text = source.trimEnd()
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const match = token.exec(text)
    if (!match) return undefined
    const [, number, quoted, word, sign] = match
    if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else tokens.push({ kind: 'sign', text: sign ?? '' })
  }
  return tokens
}

/** Names of functions with a space in them, which sentences use. */
const spaced: Record<string, string> = { list: 'contains', starts: 'with', string: 'length' }
const functions = new Set(
  'sum count min max not contains date money year month day list_contains starts_with string_length'.split(
    ' ',
  ),
)
const words = new Set('or and in if then else for return some every satisfies between instance'.split(' '))

class Unreadable extends Error {}

/** Reads a formula; undefined for what sentences have no words for. It says nothing of types: the compiler does. */
export function readExpression(source: string): Expression | undefined {
  const tokens = tokensOf(source)
  if (!tokens) return undefined
  try {
    const reader = new Reader(tokens)
    const whole = reader.either()
    return reader.ended() ? whole : undefined
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) return undefined
    throw error
  }
}

class Reader {
  private at = 0
  private readonly tokens: Token[]

  constructor(tokens: Token[]) {
    this.tokens = tokens
  }

  ended = () => this.at === this.tokens.length

  either(): Expression {
    return this.chain(['or'], 'word', () => this.chain(['and'], 'word', () => this.comparison()))
  }

  private comparison(): Expression {
    const left = this.sum()
    if (this.takes('word', 'in')) return { kind: 'in', what: left, items: this.items() }
    for (const sign of ['<=', '>=', '!=', '=', '<', '>'] as const) {
      if (this.takes('sign', sign)) return { kind: 'two', sign, left, right: this.sum() }
    }
    return left
  }

  private sum(): Expression {
    return this.chain(['+', '-'], 'sign', () => this.chain(['*'], 'sign', () => this.one()))
  }

  private chain(signs: Sign[], kind: 'word' | 'sign', part: () => Expression): Expression {
    let left = part()
    for (;;) {
      const sign = signs.find(each => this.takes(kind, each))
      if (!sign) return left
      left = { kind: 'two', sign, left, right: part() }
    }
  }

  private one(): Expression {
    const next = this.tokens[this.at]
    if (!next) throw new Unreadable()
    this.at += 1
    if (next.kind === 'number') return { kind: 'number', text: next.text }
    if (next.kind === 'text') return { kind: 'text', text: unquoted(next.text) }
    if (next.text === '(') {
      const inside = this.either()
      this.expect('sign', ')')
      return inside
    }
    if (next.kind !== 'word') throw new Unreadable()
    return this.worded(next.text)
  }

  private worded(word: string): Expression {
    if (word === 'true' || word === 'false') return { kind: 'truth', yes: word === 'true' }
    if (word === 'null') return { kind: 'nothing' }
    if (word === 'if') return this.choice()
    if (word === 'for') return this.each()
    if (words.has(word)) throw new Unreadable()
    const second = spaced[word]
    const name = second && this.takes('word', second) ? `${word}_${second}` : word
    if (functions.has(name) && this.takes('sign', '(')) {
      return { kind: 'call', of: name.replace('_', ' '), given: this.list(')') }
    }
    let path = word
    while (this.takes('sign', '.')) path += `.${this.word()}`
    return { kind: 'name', name: path }
  }

  private choice(): Expression {
    const test = this.either()
    this.expect('word', 'then')
    const then = this.either()
    this.expect('word', 'else')
    return { kind: 'if', test, then, otherwise: this.either() }
  }

  private each(): Expression {
    const item = this.word()
    this.expect('word', 'in')
    const list = this.sum()
    this.expect('word', 'return')
    return { kind: 'for', item, list, result: this.either() }
  }

  private items(): Expression[] {
    if (this.takes('sign', '(')) return this.list(')')
    if (this.takes('sign', '[')) return this.list(']')
    throw new Unreadable()
  }

  private list(end: string): Expression[] {
    const found: Expression[] = []
    do found.push(this.either())
    while (this.takes('sign', ','))
    this.expect('sign', end)
    return found
  }

  private word(): string {
    const next = this.tokens[this.at]
    if (next?.kind !== 'word' || words.has(next.text)) throw new Unreadable()
    this.at += 1
    return next.text
  }

  private takes(kind: Token['kind'], text: string): boolean {
    const next = this.tokens[this.at]
    if (next?.kind !== kind || next.text !== text) return false
    this.at += 1
    return true
  }

  private expect(kind: Token['kind'], text: string): void {
    if (!this.takes(kind, text)) throw new Unreadable()
  }
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    throw new Unreadable()
  }
}
