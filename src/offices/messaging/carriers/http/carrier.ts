import { splitSms } from '../../../../lib/sms/index.ts'
import { gate } from '../gate.ts'
import type { Carrier, Failure, HandedOver, Outgoing } from '../model.ts'
import { asRef } from '../refs.ts'
import type { CarrierSecret, DescribedSettings, HttpSettings } from '../settings.ts'
import { type Called, callAddress, handedTo } from './call.ts'
import { described } from './hotsms.ts'
import { placeIn } from './json.ts'

/** A gateway that takes a text in one HTTP request, as its settings describe it; it cuts long texts itself. */
export function httpCarrier(given: HttpSettings, secret: CarrierSecret): Carrier {
  const settings = described(given)
  const through = gate(settings.window)
  const answerMs = settings.answerSeconds * 1000

  async function send(message: Outgoing): Promise<HandedOver> {
    const words = wordsOf(settings, secret, message)
    const called = await callAddress({
      url: settings.url,
      method: settings.method,
      body: settings.body,
      answerMs,
      headers: filled(settings.headers, words),
      fields: filled(settings.fields, words),
    })
    return readAnswer(settings.answers, called)
  }
  async function askBalance(): Promise<{ called: Called; code: string } | undefined> {
    if (!settings.balance) return undefined
    const { url, fields, at } = settings.balance
    const called = await callAddress({
      url,
      method: settings.method,
      body: settings.body,
      answerMs,
      fields: filled(fields, wordsOf(settings, secret)),
    })
    return { called, code: called.kind === 'answered' ? codeAt(called.text, at) : '' }
  }

  return {
    window: settings.window,
    repeatable: false,
    send: message => through(() => send(message)),
    async check() {
      const asked = await askBalance()
      const called = asked?.called ?? (await callAddress(knock(settings.url, answerMs)))
      if (called.kind !== 'answered') return { up: false, reason: 'no-connection', detail: called.why }
      if (called.status >= 500)
        return { up: false, reason: 'carrier-trouble', detail: `HTTP ${called.status}` }
      if (!asked) return { up: true }
      const wrong: Failure | false =
        (asked.code === settings.balance?.refused && 'not-authorised') ||
        (Number(asked.code) <= 0 && asked.code !== '' && 'no-credit')
      return wrong ? { up: false, reason: wrong, detail: asked.code } : { up: true }
    },
    async balance() {
      const asked = await askBalance()
      if (!asked || asked.code === '' || asked.code === settings.balance?.refused) return undefined
      const left = Number(asked.code)
      return Number.isFinite(left) ? left : undefined
    },
    close: async () => {},
  }
}

/** Asks an address for nothing: any answer says that somebody is there. */
const knock = (url: string, answerMs: number) =>
  ({ url, method: 'GET', fields: {}, answerMs: Math.min(answerMs, 5_000) }) as const

type Words = Record<string, string>

function wordsOf(settings: DescribedSettings, secret: CarrierSecret, message?: Outgoing): Words {
  const { number, types, sender } = settings
  const digits = message?.to.replace(/^\+/, '') ?? ''
  const signs = { plus: '+', digits: '', zeros: '00' }
  const latin = message && splitSms(message.text).encoding === 'GSM-7'
  return {
    sender,
    user: secret.user,
    password: secret.password,
    token: secret.token,
    to: digits && signs[number] + digits,
    text: message?.text ?? '',
    id: message?.messageId ?? '',
    type: latin ? types.latin : types.arabic,
  }
}

/** Fills `{words}`; a field that holds nothing but an empty word is left out, so that either a token or a password is sent. */
function filled(fields: Record<string, string>, words: Words): Record<string, string> {
  const all = Object.entries(fields).map(([name, value]) => {
    const full = value.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole)
    return [name, full, value !== '' && full === ''] as const
  })
  return Object.fromEntries(all.flatMap(([name, full, empty]) => (empty ? [] : [[name, full]])))
}

/** The code in an answer: the whole text, or what stands at a place of its JSON. */
const codeAt = (text: string, at: string): string => (at === '' ? text : (placeIn(text, at) ?? ''))

function readAnswer(answers: DescribedSettings['answers'], called: Called): HandedOver {
  const text = called.kind === 'answered' ? called.text : ''
  const [code, ref] = codeAndRef(answers, text)
  if (answers.accepted.includes(code)) return { outcome: 'accepted', refs: ref ? [ref] : [] }
  const failure = Object.hasOwn(answers.refused, code) ? answers.refused[code] : undefined
  if (failure) return { outcome: 'refused', failure, cause: causeOf(failure), detail: code }
  return (
    handedTo(called) ?? {
      outcome: 'uncertain',
      failure: 'answer-unknown',
      refs: [],
      detail: text.slice(0, 80),
    }
  )
}

function codeAndRef(answers: DescribedSettings['answers'], text: string): [string, string] {
  const code = codeAt(text, answers.at)
  if (answers.ref) return [code, asRef(placeIn(text, answers.ref) ?? '')]
  const cut = answers.separator ? code.indexOf(answers.separator) : -1
  if (cut < 0) return [code, '']
  return [code.slice(0, cut), asRef(code.slice(cut + answers.separator.length))]
}

const causeOf = (failure: Failure) =>
  failure === 'throttled'
    ? 'throttled'
    : failure === 'wrong-number' || failure === 'message-refused'
      ? 'message'
      : 'carrier'
