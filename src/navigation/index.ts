import { type AccessName, may } from '../kernel/access/index.ts'
import { type Address, addresses } from '../lib/addresses.ts'
import { texts, translate } from '../lib/texts.ts'
import type { IconName } from '../ui/icons.tsx'
import type { Navigation, NavLink, RailLink } from '../ui/page.ts'
import { type Call, url } from '../web/call.ts'
import { staffHome } from '../web/home.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

const strings = texts({ ar, en })
type Key = keyof typeof ar

const rail: { address: Address; key: Key; icon: IconName; may: AccessName; unless?: AccessName }[] = [
  { address: addresses.floor, key: 'rail-floor', icon: 'chart', may: 'floor.read' },
  { address: addresses.today, key: 'rail-today', icon: 'chart', may: 'today.read' },
  { address: addresses.counter, key: 'rail-counter', icon: 'desk', may: 'request.file' },
  // Who files sees the queue on each page of the counter; a collector is led to it.
  {
    address: addresses.counterVisits,
    key: 'rail-queue',
    icon: 'users',
    may: 'visit.call',
    unless: 'request.file',
  },
  { address: addresses.inbox, key: 'rail-inbox', icon: 'list', may: 'request.act' },
  { address: addresses.officeRequests, key: 'rail-requests', icon: 'doc', may: 'request.read' },
  { address: addresses.sign, key: 'rail-sign', icon: 'cert', may: 'sign.often' },
  { address: addresses.till, key: 'rail-till', icon: 'cash', may: 'receipt.take' },
  { address: addresses.lookReview, key: 'rail-looks', icon: 'eye', may: 'look.review' },
  { address: addresses.corrections, key: 'rail-corrections', icon: 'refer', may: 'correction.read' },
  { address: addresses.messages, key: 'rail-messages', icon: 'chat', may: 'message.list' },
  // Who writes and reviews words for messages, and lists none, is led to those.
  {
    address: addresses.messageTemplates,
    key: 'rail-messages',
    icon: 'chat',
    may: 'template.read',
    unless: 'message.list',
  },
  { address: addresses.bulletins, key: 'rail-bulletins', icon: 'horn', may: 'bulletin.read' },
  { address: addresses.designer, key: 'rail-services', icon: 'route', may: 'catalogue.publish' },
  { address: addresses.imports, key: 'rail-imports', icon: 'dl', may: 'import.run' },
  { address: addresses.treasury, key: 'rail-treasury', icon: 'receipt', may: 'till.hand-over' },
  { address: addresses.manageWindows, key: 'rail-windows', icon: 'desk', may: 'window.set' },
  { address: addresses.manageArrears, key: 'rail-dues', icon: 'wallet', may: 'arrears.read' },
  { address: addresses.audit, key: 'rail-audit', icon: 'lens', may: 'audit.read' },
  { address: addresses.staffList, key: 'rail-staff', icon: 'users', may: 'staff.approve' },
  { address: addresses.manage, key: 'rail-settings', icon: 'settings', may: 'settings.read' },
]

/** The links around a page: offices do not know each other, so the way between them is written here. */
export function navigationFor(call: Call): Navigation {
  const say = (key: Key) => translate(strings, call.locale, key)
  const path = call.here.split('?', 1).join()
  const link = (address: Address, key: Key): NavLink => ({
    label: say(key),
    href: url(call, address),
    current: path === address.pattern,
  })
  const { actor } = call.visitor
  const isCitizen = actor.kind === 'citizen'
  // In somebody's place there is no account but one's own, which is left for the while.
  const inPlace = actor.kind === 'citizen' && actor.inPlaceOf !== undefined
  const staffLinks = rail.filter(each => may(actor, each.may) && !(each.unless && may(actor, each.unless)))
  return {
    home: url(call, actor.kind === 'staff' ? staffHome(actor) : addresses.front),
    links: isCitizen
      ? [
          link(addresses.services, 'nav-services'),
          ...(may(actor, 'request.read') ? [link(addresses.myRequests, 'nav-my-requests')] : []),
          ...(may(actor, 'dues.read') ? [link(addresses.myDues, 'nav-my-dues')] : []),
          ...(inPlace ? [] : [link(addresses.myMessages, 'nav-my-messages')]),
        ]
      : [
          link(addresses.front, 'nav-home'),
          link(addresses.services, 'nav-services'),
          link(addresses.track, 'nav-track'),
          link(addresses.verify, 'nav-verify'),
        ],
    rail: staffLinks.map(
      (each): RailLink => ({
        ...link(each.address, each.key),
        icon: each.icon,
        current:
          isUnder(path, each.address) &&
          !rail.some(
            other =>
              other.address.pattern.startsWith(`${each.address.pattern}/`) && isUnder(path, other.address),
          ),
      }),
    ),
    footer: [
      {
        heading: say('footer-services'),
        links: [
          link(addresses.services, 'nav-services'),
          link(addresses.turn, 'nav-turn'),
          link(addresses.track, 'nav-track'),
          link(addresses.verify, 'nav-verify'),
        ],
      },
      {
        heading: say('footer-help'),
        links: [
          link(addresses.help, 'footer-help-page'),
          link(addresses.privacy, 'footer-privacy'),
          link(addresses.openLooks, 'footer-looks'),
          link(addresses.openAccessProof, 'footer-proof'),
          link(addresses.openProof, 'footer-measured'),
          link(addresses.openSeal, 'footer-seal'),
          link(addresses.openDestruction, 'footer-destruction'),
          link(addresses.openFairness, 'footer-fairness'),
          link(addresses.openStatus, 'footer-status'),
          ...(isCitizen && may(actor, 'consent.give') ? [link(addresses.myConsents, 'footer-consents')] : []),
          ...(isCitizen && !inPlace ? [link(addresses.myContact, 'footer-contact')] : []),
          ...(call.town.isDemo ? [link(addresses.demoPhones, 'footer-demo')] : []),
        ],
      },
    ],
    otherLanguage: url(
      call,
      addresses.locale,
      {},
      { to: call.locale === 'ar' ? 'en' : 'ar', back: call.here },
    ),
    signIn: url(call, addresses.citizenLogIn),
    ...(isCitizen && !inPlace && { account: url(call, addresses.my) }),
    ...(actor.kind !== 'anonymous' && {
      logOut: { label: say('log-out'), href: url(call, addresses.logOut) },
    }),
    search:
      actor.kind === 'staff' && may(actor, 'request.read')
        ? {
            action: url(call, addresses.search),
            name: 'q',
            value: path === addresses.search.pattern ? call.query.q : undefined,
          }
        : undefined,
  }
}

/** Pages opened from the manager's floor, and those beside the list of arrears, lie under the settings' root. */
const beside: { of: Address; pages: Address[] }[] = [
  {
    of: addresses.floor,
    pages: [addresses.floor, addresses.lateTasks, addresses.review, addresses.feedback],
  },
  {
    of: addresses.messages,
    pages: [addresses.messages, addresses.incoming, addresses.messageTemplates, addresses.messageProviders],
  },
  {
    of: addresses.staffList,
    pages: [addresses.staffList, addresses.manageKeys, addresses.signOnProviders],
  },
  {
    of: addresses.manageArrears,
    pages: [
      addresses.manageArrears,
      addresses.managePlans,
      addresses.managePayments,
      addresses.manageExemptions,
      addresses.manageExceptions,
    ],
  },
]

const within = (path: string, { pattern }: Address): boolean =>
  path === pattern || path.startsWith(`${pattern}/`)

/** The inbox is the root of the office's pages, so it is current only on itself and on requests opened from it. */
function isUnder(path: string, address: Address): boolean {
  const home = beside.find(({ pages }) => pages.some(page => within(path, page)))
  if (home) return address === home.of || (home.pages.includes(address) && within(path, address))
  return address === addresses.inbox ? path === address.pattern : within(path, address)
}
