import { z } from 'zod'

const host = z.string().trim().min(1).max(253)
const port = z.int().min(1).max(65535)
/** Up to eleven Latin letters and digits, or a number. */
const sender = z
  .string()
  .trim()
  .regex(/^(?=.{1,11}$)[\x20-\x7e]+$|^\+?\d{3,15}$/)
const window = z.int().min(1).max(1000)
const seconds = z.int().min(1).max(120)
const words = z.string().max(200)
/** GSM's numbers for an unknown, illegal or unequipped subscriber. */
const hardErrors = z.array(z.string().max(10)).max(50).default(['1', '9', '11', '12'])
const webAddress = z.url({ protocol: /^https?$/ })

/** An SMPP 3.4 connection as transceiver. */
export const smppSettings = z.strictObject({
  host,
  port,
  tls: z.boolean().default(false),
  /** The authority that signed the other end's certificate, as PEM; the machine's own otherwise. */
  ca: z.string().max(20_000).optional(),
  systemType: z.string().max(12).default(''),
  sender,
  /** Parts under way without an answer. */
  window: window.default(50),
  /** Long texts: cut by us with a header in each part, or handed over whole in `message_payload`. */
  long: z.enum(['udh', 'payload']).default('udh'),
  /** How its ids are written in answers and in receipts: alike, as numbers, or hexadecimal in one and decimal in the other. */
  ids: z.enum(['same', 'numbers', 'answer-hex', 'report-hex']).default('same'),
  /** Error numbers of receipts that say there is no such subscriber. */
  hardErrors,
  answerSeconds: seconds.default(10),
  enquireSeconds: seconds.default(30),
})
export type SmppSettings = z.infer<typeof smppSettings>

/** Kannel's `sendsms`. */
export const kannelSettings = z.strictObject({
  /** Such as http://10.0.0.5:13013/cgi-bin/sendsms */
  url: webAddress,
  sender,
  /** `smsc` of Kannel's own settings, where it has several. */
  smsc: z.string().max(40).optional(),
  hardErrors,
  /** Where Kannel reaches this house, unless at its public address. */
  callback: webAddress.optional(),
  window: window.default(20),
  answerSeconds: seconds.default(10),
})
export type KannelSettings = z.infer<typeof kannelSettings>

const httpCommon = { sender, window: window.default(10), answerSeconds: seconds.default(20) }

/** A gateway asked over HTTP, each thing it wants described. `{to}` `{text}` `{sender}` `{id}` `{type}` `{user}` `{password}` `{token}` are filled in. */
export const describedSettings = z.strictObject({
  shape: z.literal('described'),
  ...httpCommon,
  url: webAddress,
  method: z.enum(['POST', 'GET']).default('POST'),
  /** How fields travel; those of a GET stand in the address. */
  body: z.enum(['form', 'json']).default('form'),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), words).default({}),
  fields: z.record(z.string().min(1).max(60), words),
  /** `+970599000000`, `970599000000` or `00970599000000`. */
  number: z.enum(['plus', 'digits', 'zeros']).default('digits'),
  /** What `{type}` becomes. */
  types: z.strictObject({ latin: words, arabic: words }).default({ latin: '0', arabic: '2' }),
  answers: z.strictObject({
    /** Where the code stands: the whole text (up to `separator`), or a place in JSON such as `data.status`. */
    at: words.default(''),
    separator: z.string().max(5).default(''),
    accepted: z.array(words).min(1),
    refused: z
      .record(
        words,
        z.enum([
          'wrong-number',
          'message-refused',
          'not-authorised',
          'no-credit',
          'switched-off',
          'sender-refused',
          'carrier-refused',
          'throttled',
        ] as const),
      )
      .default({}),
    /** Where its reference stands in JSON; with a separator it is what follows. */
    ref: words.default(''),
  }),
  balance: z
    .strictObject({
      url: webAddress,
      fields: z.record(z.string().min(1).max(60), words),
      at: words.default(''),
      /** The answer that means «not you». */
      refused: words.default(''),
    })
    .optional(),
  /** How it reports to our hook: names of its fields, and its words for states. */
  reports: z
    .strictObject({
      ref: words.default(''),
      id: words.default(''),
      to: words.default(''),
      state: words,
      delivered: z.array(words),
      failed: z.array(words),
      hard: z.array(words).default([]),
    })
    .optional(),
  incoming: z
    .strictObject({ from: words, to: words.default(''), text: words, ref: words.default('') })
    .optional(),
})
export type DescribedSettings = z.infer<typeof describedSettings>

/** HotSMS of Palestine: all of it is known but the sender's name. */
export const hotSmsSettings = z.strictObject({
  shape: z.literal('hotsms'),
  ...httpCommon,
  url: webAddress.default('https://hotsms.ps'),
})
export const httpSettings = z.discriminatedUnion('shape', [describedSettings, hotSmsSettings])
export type HttpSettings = z.infer<typeof httpSettings>

/** A mail server that takes our e-mail. */
export const smtpSettings = z.strictObject({
  host,
  port,
  /** TLS from the first byte (465), asked for after greeting (587), or none at all within the house. */
  tls: z.enum(['always', 'starttls', 'none']).default('starttls'),
  ca: z.string().max(20_000).optional(),
  /** Such as window@dura.ps */
  from: z.email(),
  fromName: z.string().max(80).default(''),
  window: window.default(5),
  answerSeconds: seconds.default(30),
})
export type SmtpSettings = z.infer<typeof smtpSettings>

/** What only the carrier may know; sealed at rest. `hook` is the word in the address it reports to. */
export const secretShape = z.object({
  user: z.string().default(''),
  password: z.string().default(''),
  token: z.string().default(''),
  hook: z.string().default(''),
})
export type CarrierSecret = z.infer<typeof secretShape>
