import { type Address, addresses } from '../../../../lib/addresses.ts'
import { texts } from '../../../../lib/texts.ts'
import type { HelpPictureName, HelpTopic } from '../../../../ui/index.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

export const helpTexts = texts({ ar, en })
type Key = keyof typeof ar

type Ending<Start extends string> = Key extends infer Each
  ? Each extends `${Start}-${infer End}`
    ? End
    : never
  : never

/** Pages a step leads to: none of them needs anything but to be opened. */
const pages = {
  'log-in': addresses.citizenLogIn,
  services: addresses.services,
  requests: addresses.myRequests,
  dues: addresses.myDues,
  pay: addresses.myPay,
  track: addresses.track,
  verify: addresses.verify,
  turn: addresses.turn,
  contact: addresses.myContact,
  complaint: addresses.myComplaint,
} as const satisfies Record<Ending<'to'>, Address>

export type Step = { text: Key; picture: HelpPictureName; to?: { address: Address; label: Key } }
export type Way = { title?: Key; steps: Step[] }

const step = (text: Key, picture: HelpPictureName, to?: keyof typeof pages): Step => ({
  text,
  picture,
  ...(to && { to: { address: pages[to], label: `to-${to}` } }),
})

/** Each topic in one way or several, each way from its first step to its last. One list for the pages and for what checks them. */
export const topics: Record<HelpTopic, Way[]> = {
  pin: [
    {
      title: 'way-pin-first',
      steps: [
        step('pin-come', 'counter'),
        step('pin-card', 'card'),
        step('pin-slip', 'pin'),
        step('pin-choose', 'log-in', 'log-in'),
      ],
    },
    { title: 'way-pin-lost', steps: [step('pin-lost', 'counter')] },
  ],
  file: [
    {
      steps: [
        step('file-find', 'guide', 'services'),
        step('file-enter', 'log-in', 'log-in'),
        step('file-answer', 'questions'),
        step('file-papers', 'photograph'),
        step('file-send', 'message', 'requests'),
      ],
    },
  ],
  paper: [
    {
      steps: [
        step('paper-told', 'message'),
        step('paper-open', 'missing', 'requests'),
        step('paper-photo', 'photograph'),
        step('paper-clock', 'clock'),
      ],
    },
  ],
  pay: [
    {
      title: 'way-pay-counter',
      steps: [step('pay-come', 'counter', 'turn'), step('pay-hand', 'pay'), step('pay-voucher', 'receipt')],
    },
    {
      title: 'way-pay-online',
      steps: [
        step('pay-see', 'dues', 'dues'),
        step('pay-choose', 'choose', 'pay'),
        step('pay-bank', 'bank'),
        step('pay-arrived', 'receipt'),
      ],
    },
  ],
  follow: [
    {
      title: 'way-follow-link',
      steps: [step('follow-keep', 'square'), step('follow-open', 'way')],
    },
    {
      title: 'way-follow-number',
      steps: [
        step('follow-number', 'number', 'track'),
        step('follow-code', 'code'),
        step('follow-see', 'way'),
      ],
    },
  ],
  verify: [
    {
      title: 'way-verify-code',
      steps: [
        step('verify-square', 'square', 'verify'),
        step('verify-see', 'verdict'),
        step('verify-compare', 'compare'),
      ],
    },
    { title: 'way-verify-file', steps: [step('verify-file', 'file', 'verify')] },
  ],
  turn: [
    {
      title: 'way-turn-door',
      steps: [step('turn-press', 'door'), step('turn-slip', 'slip'), step('turn-wait', 'hall')],
    },
    {
      title: 'way-turn-portal',
      steps: [step('turn-choose', 'choose', 'turn'), step('turn-near', 'message')],
    },
    { title: 'way-turn-sms', steps: [step('turn-word', 'answer'), step('turn-back', 'message')] },
  ],
  word: [
    { title: 'way-word-message', steps: [step('word-write', 'letter', 'contact')] },
    { title: 'way-word-complaint', steps: [step('word-complain', 'closed', 'complaint')] },
    { title: 'way-word-rate', steps: [step('word-rate', 'stars', 'requests')] },
  ],
  design: [
    {
      title: 'way-design-new',
      steps: [
        step('design-begin', 'guide'),
        step('design-write', 'questions'),
        step('design-try', 'choose'),
        step('design-check', 'verdict'),
        step('design-ask', 'letter'),
        step('design-publish', 'clock'),
      ],
    },
    {
      title: 'way-design-change',
      steps: [
        step('design-next', 'compare'),
        step('design-fee', 'pay'),
        step('design-national', 'file'),
        step('design-end', 'closed'),
      ],
    },
  ],
}

/** The thing each topic is known by. */
export const topicPictures: Record<HelpTopic, HelpPictureName> = {
  pin: 'pin',
  file: 'questions',
  paper: 'missing',
  pay: 'receipt',
  follow: 'way',
  verify: 'square',
  turn: 'slip',
  word: 'letter',
  design: 'guide',
}

/** What is explained to whoever works in the town; the rest is for everybody. */
export const staffTopics: readonly HelpTopic[] = ['design']
