import { BadRequest } from '../../lib/errors.ts'
import type { Localized } from '../../lib/localized.ts'
import { describeType, type FeelType } from './types.ts'

/** Where in the source something stands, in characters from its beginning. */
export type FeelSpan = { readonly from: number; readonly to: number }

/** What is wrong with a rule, where, and in words for the person who writes it. */
export type FeelFault = FeelSpan & {
  readonly code: FeelFaultCode
  readonly message: Localized
}

const messages = {
  'too-long': { ar: 'القاعدة أطول من المسموح', en: 'The rule is longer than allowed' },
  'too-deep': { ar: 'الأقواس والشروط متداخلة أكثر من المسموح', en: 'The rule is nested deeper than allowed' },
  syntax: { ar: 'لا تُفهم القاعدة عند هذا الموضع', en: 'The rule cannot be read at this place' },
  'unfit-name': { ar: 'لا يصلح «{a}» اسمًا في القواعد', en: '“{a}” cannot be a name in rules' },
  'unknown-name': { ar: 'لا يوجد اسم «{a}»', en: 'There is no name “{a}”' },
  'unknown-function': { ar: 'لا توجد دالة «{a}»', en: 'There is no function “{a}”' },
  'wrong-arguments': {
    ar: 'الدالة «{a}» لا تُكتب بهذه القيم',
    en: 'The function “{a}” is not written with these values',
  },
  'wrong-type': { ar: 'المتوقع {a}، والموجود {b}', en: 'Expected {a}, found {b}' },
  'types-differ': { ar: 'لا يجتمع هنا {a} و{b}', en: '{a} and {b} do not go together here' },
  'currencies-differ': {
    ar: 'لا تُجمع عملتان ولا تُقارنان: {a} و{b}',
    en: 'Two currencies do not mix: {a} and {b}',
  },
  'wrong-literal': { ar: 'قيمة غير صحيحة: {a}', en: 'Not a valid value: {a}' },
  'range-not-list': {
    ar: 'التكرار على قائمة فقط، لا على مدى من الأعداد',
    en: 'Only lists are gone through, not ranges of numbers',
  },
  unsupported: { ar: 'هذه الصيغة غير مسموح بها في القواعد', en: 'This construct is not allowed in rules' },
} as const satisfies Record<string, Localized>

export type FeelFaultCode = keyof typeof messages

type Worded = string | Localized

const worded = (value: Worded | undefined, locale: 'ar' | 'en'): string =>
  (typeof value === 'object' ? value[locale] : (value ?? '')).slice(0, 120)

function word(code: FeelFaultCode, locale: 'ar' | 'en', a?: Worded, b?: Worded): string {
  return messages[code][locale].replace(/\{([ab])\}/g, (_, slot) => worded(slot === 'a' ? a : b, locale))
}

/** A rule that does not compile. */
export class FeelError extends BadRequest {
  readonly fault: FeelFault

  constructor(code: FeelFaultCode, span: FeelSpan, a?: Worded, b?: Worded) {
    const message = { ar: word(code, 'ar', a, b), en: word(code, 'en', a, b) }
    const fault = { code, from: span.from, to: span.to, message }
    super(`feel-${code}`, { fault })
    this.name = 'FeelError'
    this.message = `${code} at ${span.from}: ${message.en}`
    this.fault = fault
  }

  /** A whole rule that gives another type than the place it stands in wants. */
  static ofType(source: string, wanted: FeelType, found: FeelType): FeelError {
    return new FeelError(
      'wrong-type',
      { from: 0, to: source.length },
      describeType(wanted),
      describeType(found),
    )
  }
}

/**
 * A compiled rule that could not be carried through: it met a value that is not of the declared type, a number
 * out of range, or more work than a rule is given.
 */
export class FeelFailure extends Error {
  readonly code: 'wrong-value' | 'out-of-range' | 'too-much-work'
  readonly subject: string

  constructor(code: FeelFailure['code'], subject = '') {
    super(subject === '' ? code : `${code}: ${subject}`)
    this.name = 'FeelFailure'
    this.code = code
    this.subject = subject
  }
}
