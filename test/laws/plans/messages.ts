import type { Actor } from '../../../src/kernel/access/index.ts'
import * as bulk from '../../../src/offices/messaging/bulk/index.ts'
import { providersOf } from '../../../src/offices/messaging/carriers/store.ts'
import * as texts from '../../../src/offices/messaging/incoming/pages/store.ts'
import { findLink } from '../../../src/offices/messaging/links/index.ts'
import { codeUnderWay } from '../../../src/offices/messaging/numbers/codes.ts'
import { leftOutOf } from '../../../src/offices/messaging/numbers/opt-out.ts'
import { dueMessages } from '../../../src/offices/messaging/outbox/due.ts'
import { carriedOfLate } from '../../../src/offices/messaging/outbox/health.ts'
import { matchLateReports } from '../../../src/offices/messaging/outbox/reports.ts'
import { standingOf } from '../../../src/offices/messaging/outbox/terms.ts'
import { monthOf } from '../../../src/offices/messaging/proof/figures.ts'
import { findMessages, type MessageFilter } from '../../../src/offices/messaging/proof/find.ts'
import { getMessage } from '../../../src/offices/messaging/proof/one.ts'
import {
  countTroubles,
  posted,
  toBePosted,
  troubled,
  troubles,
} from '../../../src/offices/messaging/proof/trouble.ts'
import { pausesOf } from '../../../src/offices/messaging/providers/pauses.ts'
import { providerByHook, takenOn } from '../../../src/offices/messaging/providers/store.ts'
import { messagesOfPerson, messagesOfRequest } from '../../../src/offices/messaging/store.ts'
import { readTownWords } from '../../../src/offices/messaging/templates/kept.ts'
import { wordsOfTown, versionsOf as wordsVersions } from '../../../src/offices/messaging/templates/store.ts'
import * as requests from '../../../src/offices/requests/index.ts'
import { type BigTown, type List, type Lists, today, zone } from './town.ts'

const said: Record<string, MessageFilter> = {
  'of all kinds': {},
  'on their way': { group: 'on-way' },
  delivered: { group: 'delivered' },
  failed: { group: 'failed' },
  'nobody wanted': { group: 'opted-out' },
  'that were too late': { group: 'expired' },
  'taken back': { group: 'cancelled' },
  'of the law': { kind: 'legal' },
  'of a kind nobody sent': { kind: 'survey' },
  'of rare words': { template: 'ELE-04/received' },
  'of words nobody uses': { template: 'ELE-04/lapsed' },
  'of a request': { text: '77/1900' },
  'to a telephone': { text: '0599123456' },
  'to people by name': { text: 'ليلى' },
  'of a day': { from: '2026-05-01', to: '2026-05-01' },
  'after a page': {
    before: { at: new Date('2026-05-01T00:00:00Z'), id: '0198a000-0000-7000-8000-00000000aaaa' },
  },
}

/** Lists of the message office. */
export function messagesLists({ house, person, request, manager, supervisor }: BigTown): Lists {
  /** The sealed numbers of a filled town open to nothing. */
  const unsealed = { ...house.crypto, open: () => '+970599123456' }
  const proofFinder = (actor: Actor) => ({
    actor,
    visible: requests.requestVisible,
    timeZone: zone,
    crypto: house.crypto,
  })
  return {
    'a short link by its code': tx => findLink(tx, house, '0123456789'),
    'what a person does without': tx => leftOutOf(tx, unsealed, person),
    'a code on its way': tx => codeUnderWay(tx, { crypto: unsealed }, person, person),
    ...Object.fromEntries(
      Object.entries({ manager, supervisor }).flatMap(([who, actor]) => [
        ...Object.entries(said).map(([which, filter]): [string, List] => [
          `messages ${which}, read by the ${who}`,
          tx => findMessages(tx, proofFinder(actor), filter, 31),
        ]),
        ...troubles.map((trouble): [string, List] => [
          `messages that are ${trouble}, read by the ${who}`,
          tx => troubled(tx, proofFinder(actor), trouble, { limit: 31 }),
        ]),
      ]),
    ),
    'how many messages need a look': countTroubles,
    'notices for the post, and those handed over': async tx => {
      await toBePosted(tx, proofFinder(manager), 200)
      await posted(tx, proofFinder(manager), 30)
    },
    'one message with all that proves it': async tx => {
      const [line] = await findMessages(tx, proofFinder(manager), {}, 1)
      if (line) await getMessage(tx, proofFinder(manager), line.id)
    },
    'the figures of a month': tx => monthOf(tx, '2026-05-01'),
    'messages that are due, and how their numbers stand': async tx => {
      const due = await dueMessages(tx, { channel: 'sms', most: 100, bulk: 50 }, [])
      await standingOf(tx, due.length > 0 ? due : [{ index: '07'.repeat(32) } as (typeof due)[number]])
    },
    'reports that are about nothing known yet': (tx, database) =>
      matchLateReports({ ...house, database }, tx.town, new Date(0)),
    'how much each provider carried of late': tx => carriedOfLate(tx, [tx.town]),
    'which towns have something to send': (tx, database) =>
      database.once('due-towns', 'select * from due_towns($1, $2)', [tx.now, [tx.town]]),
    'messages of a request': tx => messagesOfRequest(tx, request),
    'messages of a person': tx => messagesOfPerson(tx, person),
    'who carries messages, and how they stand': async tx => {
      await providersOf(tx)
      await takenOn(tx, '2026-05-01')
    },
    'whose word in an address this is': tx => providerByHook(tx, Buffer.alloc(32)),
    'what is not sent for now': pausesOf,
    'words a town sends': readTownWords,
    'words a town is writing': wordsOfTown,
    'versions of the words of an occasion': tx => wordsVersions(tx, 'ELE-01/received'),
    'texts nobody understood': tx => texts.unreadMessages(tx),
    'what else a telephone wrote': tx => texts.exchangeWith(tx, Buffer.alloc(32, 7)),
    'whether anything of a bulk waits': async tx => {
      await bulk.anyWaiting(tx, person)
      await bulk.underWay(tx, person, 1_000)
      await bulk.bulkOf(tx, [person])
      await bulk.smsTariff(tx, today)
    },
  }
}
