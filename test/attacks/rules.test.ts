import MailComposer from 'nodemailer/lib/mail-composer'
import { describe, expect, test } from 'vitest'
import { compileFeel, FeelError, textType } from '../../src/kernel/feel/index.ts'
import { cleanSms, splitSms } from '../../src/lib/sms/index.ts'
import { formatMessage } from '../../src/lib/texts.ts'
import { openLog } from '../../src/platform/telemetry/log.ts'

describe('an answer that looks like a rule', () => {
  test('is the text it is, whatever rule reads it', () => {
    const typed = [
      '1 = 1',
      'true',
      '"x" or true',
      'if true then 1 else 2',
      '<%= 1 %>',
      'constructor',
      '__proto__',
      '{{x}}',
    ]
    const says = compileFeel('answer', { answer: textType })
    const agrees = compileFeel('answer = "yes"', { answer: textType })
    for (const answer of typed) {
      expect(says.evaluate({ answer }), answer).toBe(answer)
      expect(agrees.evaluate({ answer }), answer).toBe(false)
    }
  })

  test('reaches nothing of the program around it', () => {
    for (const rule of [
      'constructor',
      '__proto__',
      'answer.constructor',
      'answer.__proto__.x',
      'process',
      'globalThis',
      'this',
      'require("fs")',
      'import("fs")',
      'function(x) external {java: {class: "x"}}',
      'answer.toString()',
      '(function() { return 1 })()',
      '`answer`',
    ])
      expect(() => compileFeel(rule, { answer: textType }), rule).toThrow(FeelError)
  })
})

test('words that look like a template are set down as they are', () => {
  for (const value of ['{name}', '{{name}}', '{x, select, other {y}}', '<%= 1 %>', '#{1}'])
    expect(formatMessage('مرحبا {name}', 'ar', { name: value })).toBe(`مرحبا ${value}`)
})

describe('a line end', () => {
  test('in a subject or an address begins no header of a letter', async () => {
    const split = 'x\r\nBcc: evil@example.ps\r\n\r\nbody'
    const letter = new MailComposer({
      from: 'town@example.ps',
      to: 'someone@example.ps',
      subject: split,
      text: 'words',
    })
    const text = (await letter.compile().build()).toString('latin1')
    expect(text.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im)
  })

  test('in what is logged begins no line of the log', () => {
    const lines: string[] = []
    const log = openLog('info', { write: line => void lines.push(line) })
    log.info({ part: 'x\n{"level":60,"msg":"forged"}' }, 'y\r\n{"level":60,"msg":"forged"}')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n]/)
    expect(JSON.parse(lines[0] ?? '').level).toBe(30)
  })
})

test('a text by telephone carries no header of its own, whatever is written into it', () => {
  for (const text of [
    '\u0005\u0000\u0003\u0001\u0002\u0001hidden',
    '\u001b@',
    '\u0000\u0001',
    'a\u202eb\u2066c',
  ]) {
    expect(splitSms(cleanSms(text)).parts.length).toBeLessThan(2)
    const unseen = [...cleanSms(text)].filter(
      sign => (sign < ' ' && sign !== '\n') || /[\u202a-\u202e\u2066]/.test(sign),
    )
    expect(unseen).toEqual([])
  }
})
