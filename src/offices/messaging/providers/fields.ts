import type { Dialect } from '../carriers/open.ts'

/** The forms there are: a dialect each, and HTTP once for a gateway we know and once for any other. */
export const kinds = ['smpp', 'hotsms', 'kannel', 'http', 'smtp'] as const
export type Kind = (typeof kinds)[number]
export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text)

/** The dialect a form writes. */
export const dialectOf: Record<Kind, Dialect> = {
  smpp: 'smpp',
  hotsms: 'http',
  kannel: 'kannel',
  http: 'http',
  smtp: 'smtp',
}

/** Which form a provider is changed in. */
export const kindOf = (dialect: Dialect, settings: unknown): Kind =>
  dialect === 'http'
    ? (settings as { shape?: unknown } | null)?.shape === 'hotsms'
      ? 'hotsms'
      : 'http'
    : dialect

export type FieldName =
  | ('host' | 'port' | 'tls' | 'ca' | 'url' | 'user' | 'password' | 'token' | 'sender' | 'systemType')
  | ('window' | 'long' | 'ids' | 'hardErrors' | 'answerSeconds' | 'enquireSeconds' | 'smsc' | 'callback')
  | ('from' | 'fromName' | 'description')

/** How one setting is asked for. `secret` ones are sealed, never shown again, and stay when left empty. */
export type Field = {
  name: FieldName
  as: 'text' | 'code' | 'number' | 'yes' | 'choice' | 'list' | 'lines'
  secret?: true
  optional?: true
  /** Seldom needed: folded away. */
  rare?: true
  options?: readonly string[]
  /** Of a new one. */
  initial?: string
  min?: number
  max?: number
}

const port = (initial?: string): Field => ({
  name: 'port',
  as: 'number',
  min: 1,
  max: 65_535,
  ...(initial && { initial }),
})
const sender: Field = { name: 'sender', as: 'code' }
const user: Field = { name: 'user', as: 'code', secret: true }
const password: Field = { name: 'password', as: 'code', secret: true }
const token: Field = { name: 'token', as: 'code', secret: true, optional: true }
const window = (initial: string): Field => ({
  name: 'window',
  as: 'number',
  rare: true,
  min: 1,
  max: 1000,
  initial,
})
const seconds = (name: 'answerSeconds' | 'enquireSeconds', initial: string): Field => ({
  name,
  as: 'number',
  rare: true,
  min: 1,
  max: 120,
  initial,
})
const hardErrors: Field = { name: 'hardErrors', as: 'list', rare: true, initial: '1 9 11 12' }
const ca: Field = { name: 'ca', as: 'lines', rare: true, optional: true }

/** What is asked of each, in the order of the form. */
export const fieldsOf: Record<Kind, readonly Field[]> = {
  smpp: [
    { name: 'host', as: 'code' },
    port('2775'),
    user,
    password,
    sender,
    { name: 'tls', as: 'yes' },
    { name: 'long', as: 'choice', rare: true, options: ['udh', 'payload'], initial: 'udh' },
    {
      name: 'ids',
      as: 'choice',
      rare: true,
      initial: 'same',
      options: ['same', 'numbers', 'answer-hex', 'report-hex'],
    },
    hardErrors,
    window('50'),
    seconds('answerSeconds', '10'),
    seconds('enquireSeconds', '30'),
    { name: 'systemType', as: 'code', rare: true, optional: true },
    ca,
  ],
  hotsms: [
    { name: 'url', as: 'code', initial: 'https://hotsms.ps' },
    { ...user, optional: true },
    { ...password, optional: true },
    token,
    sender,
    window('10'),
    seconds('answerSeconds', '20'),
  ],
  kannel: [
    { name: 'url', as: 'code', initial: 'http://127.0.0.1:13013/cgi-bin/sendsms' },
    user,
    password,
    sender,
    { name: 'callback', as: 'code', optional: true },
    { name: 'smsc', as: 'code', rare: true, optional: true },
    hardErrors,
    window('20'),
    seconds('answerSeconds', '10'),
  ],
  http: [
    { ...user, optional: true },
    { ...password, optional: true },
    token,
    sender,
    { name: 'description', as: 'lines' },
    window('10'),
    seconds('answerSeconds', '20'),
  ],
  smtp: [
    { name: 'host', as: 'code' },
    port('587'),
    { name: 'tls', as: 'choice', options: ['starttls', 'always', 'none'], initial: 'starttls' },
    { ...user, optional: true },
    { ...password, optional: true },
    { name: 'from', as: 'code' },
    { name: 'fromName', as: 'text', optional: true },
    window('5'),
    seconds('answerSeconds', '30'),
    ca,
  ],
}

/** What a description of requests looks like, for whoever writes one. */
export const descriptionToStart = `url: https://gateway.example.ps/api/messages
method: POST
body: json
number: plus
headers:
  authorization: Bearer {token}
fields:
  to: "{to}"
  from: "{sender}"
  text: "{text}"
  reference: "{id}"
answers:
  at: status
  accepted: [queued]
  refused:
    no-balance: no-credit
    bad-number: wrong-number
  ref: id
reports:
  ref: id
  state: state
  delivered: [delivered]
  failed: [undelivered, expired]
  hard: [absent]
incoming:
  from: from
  to: to
  text: text
  ref: id
`
