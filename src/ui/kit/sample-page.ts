import type { Address } from '../../lib/addresses.ts'
import { inLocale, type Locale } from '../../lib/localized.ts'
import type { Page } from '../page.ts'
import { kitStrings } from './strings.ts'

/** A page of an invented town, for the sheet of parts and for tests of parts. */
export function samplePage(side: 'citizen' | 'staff', locale: Locale, change: Partial<Page> = {}): Page {
  const both = (key: keyof typeof kitStrings.ar) => ({ ar: kitStrings.ar[key], en: kitStrings.en[key] })
  const say = (key: keyof typeof kitStrings.ar) => inLocale(both(key), locale)
  const link = (key: keyof typeof kitStrings.ar, current = false) => ({
    label: say(key),
    href: `#${key}`,
    current,
  })
  const rail = [
    { ...link('rail-counter', true), icon: 'desk' },
    { ...link('rail-inbox'), icon: 'list', count: 14 },
    { ...link('rail-requests'), icon: 'doc' },
    { ...link('rail-archive'), icon: 'box' },
    { ...link('rail-numbers'), icon: 'chart' },
    { ...link('rail-services'), icon: 'route' },
  ] as const
  return {
    locale,
    dir: locale === 'ar' ? 'rtl' : 'ltr',
    town: { name: both('town'), phone: '022200000', address: both('address'), hours: both('hours') },
    actor:
      side === 'staff'
        ? { kind: 'staff', name: say('officer'), office: say('office') }
        : { kind: 'anonymous' },
    navigation: {
      home: '#home',
      links: [link('nav-services', true), link('nav-mine'), link('nav-dues'), link('nav-reports')],
      rail: [...rail],
      footer: [
        { heading: say('foot-town'), links: [link('foot-council'), link('foot-numbers')] },
        { heading: say('foot-about'), links: [link('foot-privacy'), link('foot-access')] },
      ],
      otherLanguage: '#language',
      signIn: '#sign-in',
      search: { action: '#search', name: 'q' },
      ...(side === 'staff' && { logOut: link('log-out') }),
    },
    nonce: 'sample',
    url: ((address: Address) => `#${address.pattern}`) as Page['url'],
    asset: name => name,
    now: new Date('2026-11-09T08:40:00Z'),
    timeZone: 'Asia/Hebron',
    idempotencyKey: '018f0000-0000-7000-8000-000000000000',
    currentAddress: '#',
    ...change,
  }
}
