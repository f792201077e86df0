import { expect, test } from 'vitest'
import { compileFeel } from '../../src/kernel/feel/index.ts'
import { readAsked } from '../../src/kernel/messages/asked.ts'
import {
  composed,
  isPlausibleName,
  normaliseForSearch,
  searchTokens,
  stripControls,
  toWesternDigits,
  wordsOf,
} from '../../src/lib/arabic.ts'
import { isCalendarDate } from '../../src/lib/calendar.ts'
import { tidyFileName } from '../../src/lib/file-name.ts'
import { isId } from '../../src/lib/ids.ts'
import { parseAmount } from '../../src/lib/money.ts'
import { parseNationalId } from '../../src/lib/national-id.ts'
import { parsePhone } from '../../src/lib/phone.ts'
import { cleanSms, readable, savings, splitSms } from '../../src/lib/sms/index.ts'
import { refusalOf } from '../../src/offices/imports/links/statement.ts'
import { normaliseIdNumber } from '../../src/offices/people/identity.ts'
import { localPath } from '../../src/offices/people/pages/destination.ts'
import { normaliseLogin } from '../../src/offices/people/staff.ts'
import { redact } from '../../src/platform/telemetry/redact.ts'
import { say } from '../../src/ui/parts/say.tsx'

/** Far more than any field takes, and enough for what grows with the square to hang. */
const letters = 200_000
/** A search stands in an address, and the first line of a request is no longer. */
const longestAddress = 16_000
/** What the settings of a link let through. */
const longestStatement = 8_000

/** What expressions that go back on their steps stumble over: long runs that end in what does not fit. */
const hostile: Record<string, string> = {
  blanks: `${' '.repeat(letters)}x`,
  'blanks and lines': `${' \n'.repeat(letters / 2)}x`,
  digits: `${'1'.repeat(letters)}x`,
  'digits and dots': `${'1.'.repeat(letters / 2)}x`,
  hyphens: `${'-'.repeat(letters)}x`,
  slashes: `${'/'.repeat(letters)}x`,
  'open brackets': '['.repeat(letters),
  'open quotes': '"'.repeat(letters),
  'open comments': '/*'.repeat(letters / 2),
  marks: `ا${'\u064b'.repeat(letters)}x`,
  'marks of several kinds': `ا${'\u064b\u064c\u0651'.repeat(letters)}x`,
  'letters and no figure': `${'st-'.repeat(letters)} 1`,
  tatweel: `ب${'ـ'.repeat(letters)}1`,
  controls: '\u202e'.repeat(letters),
  joiners: 'ا\u200d'.repeat(letters / 2),
  surrogates: '\ud83d'.repeat(letters),
  ligatures: 'ﷺ'.repeat(letters),
  at: `a@${'a.'.repeat(letters / 2)}@`,
}

const readers: Record<string, (text: string) => unknown> = {
  'an amount': text => parseAmount(text, 'ILS'),
  'a telephone': parsePhone,
  'an identity number': parseNationalId,
  'a number of any card': text => normaliseIdNumber('passport', text),
  'a name': isPlausibleName,
  'letters put together': text => composed(text),
  'a text on a page': say,
  'an error in the log': text => redact(new SyntaxError(text)),
  'a search': long => {
    const text = long.slice(0, longestAddress)
    return [normaliseForSearch(text), searchTokens(text), wordsOf(text)]
  },
  'figures of any script': toWesternDigits,
  'text without controls': stripControls,
  'a day': isCalendarDate,
  'an id': isId,
  'the name of a file': tidyFileName,
  'a log-in': normaliseLogin,
  'where to go after it': localPath,
  'a text by telephone': readAsked,
  'a message to send': text => splitSms(cleanSms(text)),
  'a token in a message': readable,
  'how to save a part': text => savings(cleanSms(text)),
  'a statement of an import': text => refusalOf(text.slice(0, longestStatement)),
  'a formula of a service': text => compileFeel(text, {}),
}

test.each(Object.entries(readers))(
  '%s of two hundred thousand letters is answered, whatever the answer',
  (_, read) => {
    for (const text of Object.values(hostile)) {
      try {
        read(text)
      } catch (error) {
        // A refusal is an answer; a stack that ran over is none.
        expect(error).not.toBeInstanceOf(RangeError)
      }
    }
  },
  20_000,
)
