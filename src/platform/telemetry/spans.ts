/**
 * What a span may say. A closed list: nothing that could hold a name, a number, an address with ids or a value of a statement has a place here.
 */
export type SpanFacts = {
  'http.request.method'?: string
  /** The pattern of the route, never the path that was asked for. */
  'http.route'?: string
  'http.response.status_code'?: number
  'db.system.name'?: 'postgresql'
  /** What a transaction is for (`read`, `write`), or the name of a statement: never its values. */
  'db.operation.name'?: string
  'db.query.summary'?: string
  'shubbak.job'?: string
  'shubbak.channel'?: string
  'shubbak.lane'?: number
  'shubbak.outcome'?: string
  /** Who is called: a word of ours for it, and the host. */
  'peer.service'?: string
  'server.address'?: string
  /** The class or code of an error, never its words. */
  'error.type'?: string
}

/** What began it: somebody outside, this program, or a call of ours to somebody else. */
export type SpanKind = 'asked' | 'inside' | 'calls' | 'job'

/** Adds to a span that is under way; a new name replaces the one it began with. */
export type Note = (facts: SpanFacts, name?: string) => void

/** Where spans go. One for a process, like its log: there is none unless the operator named a collector. */
export type Tracer = {
  within<T>(
    kind: SpanKind,
    name: string,
    facts: SpanFacts,
    work: (note: Note) => Promise<T>,
    parent?: string,
  ): Promise<T>
  /** The span under way, as W3C's traceparent says it. */
  current(): string | undefined
}

let tracer: Tracer | undefined
const ignore: Note = () => {}

/** Sends the spans of this process there from now on, or nowhere. */
export function traceWith(next: Tracer | undefined): void {
  tracer = next
}

/** Whether anybody looks at spans: what only they need is not made otherwise. */
export const isTraced = (): boolean => tracer !== undefined

/** Does the work within a span of its own; costs a comparison where nobody traces. `parent`: a traceparent of somebody trusted. */
export function spanned<T>(
  kind: SpanKind,
  name: string,
  facts: SpanFacts,
  work: (note: Note) => Promise<T>,
  parent?: string,
): Promise<T> {
  return tracer === undefined ? work(ignore) : tracer.within(kind, name, facts, work, parent)
}

/** The headers that give the span under way on to whom we call; none where nobody traces. */
export function givenOn(): { traceparent?: string } {
  const traceparent = tracer?.current()
  return traceparent === undefined ? {} : { traceparent }
}

const verbs = /^\s*(?:with\b[\s\S]*?\)\s*)?(select|insert|update|delete|merge|lock|call)\b/i
const table = /\b(?:from|into|update|join|using|call)\s+(?:only\s+)?"?([a-z_][a-z0-9_]*)"?/i
const most = 1000
const summaries = new Map<string, string>()

/** A statement in two words, its verb and its first table: no value, no literal of it. */
export function summaryOf(text: string): string {
  const known = summaries.get(text)
  if (known !== undefined) return known
  const verb = verbs.exec(text)?.[1]?.toLowerCase() ?? 'statement'
  const summary = `${verb} ${table.exec(text)?.[1] ?? ''}`.trim()
  if (summaries.size >= most) summaries.clear()
  summaries.set(text, summary)
  return summary
}
