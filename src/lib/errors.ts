/** Facts a domain error carries for whoever words it; never personal data. */
export type Details = Readonly<Record<string, unknown>>

type DomainErrorKind = { status: number; reportable: boolean; name: string }

/**
 * What the domain refuses, and why. `code` is stable: pages and the API word it at the edge.
 * `reportable` errors are ours to look at; the others are the caller's to correct.
 */
export abstract class DomainError extends Error {
  readonly status: number
  readonly code: string
  readonly reportable: boolean
  readonly details: Details

  constructor(kind: DomainErrorKind, code: string, details: Details, options?: ErrorOptions) {
    super(code, options)
    this.name = kind.name
    this.status = kind.status
    this.reportable = kind.reportable
    this.code = code
    this.details = details
  }
}

/** The caller sent something that cannot be understood or accepted. */
export class BadRequest extends DomainError {
  constructor(code: string, details: Details = {}, options?: ErrorOptions) {
    super({ status: 400, reportable: false, name: 'BadRequest' }, code, details, options)
  }
}

/** Nobody is logged in, or the log-in has ended. */
export class Unauthorized extends DomainError {
  constructor(code: string, details: Details = {}, options?: ErrorOptions) {
    super({ status: 401, reportable: false, name: 'Unauthorized' }, code, details, options)
  }
}

/** The person is known and may not do this. */
export class Forbidden extends DomainError {
  constructor(code: string, details: Details = {}, options?: ErrorOptions) {
    super({ status: 403, reportable: false, name: 'Forbidden' }, code, details, options)
  }
}

/** The thing does not exist, or does not exist for this person. */
export class NotFound extends DomainError {
  constructor(code: string, details: Details = {}, options?: ErrorOptions) {
    super({ status: 404, reportable: false, name: 'NotFound' }, code, details, options)
  }
}

/** The state moved, or a rule of the domain stands against the act. */
export class Conflict extends DomainError {
  constructor(code: string, details: Details = {}, options?: ErrorOptions) {
    super({ status: 409, reportable: false, name: 'Conflict' }, code, details, options)
  }
}

/** A part the act needs does not answer now. */
export class Unavailable extends DomainError {
  constructor(code: string, details: Details = {}, options?: ErrorOptions) {
    super({ status: 503, reportable: true, name: 'Unavailable' }, code, details, options)
  }
}

/** One thing wrong with one field; worded in Arabic and English by the pages. */
export type Fault = {
  readonly field: string
  readonly code: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** Input with one fault or more; what was typed stays with the form. */
export class InvalidInput extends BadRequest {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super('invalid-input', { faults })
    this.name = 'InvalidInput'
    this.faults = faults
  }
}

/** What reading a typed text gives: the value, or the code of what is wrong with it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string }

/** A text that was read. */
export const parsed = <T>(value: T): Parsed<T> => ({ ok: true, value })

/** A text that could not be read, and why. */
export const unparsed = (code: string): Parsed<never> => ({ ok: false, code })
