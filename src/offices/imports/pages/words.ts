import type { Locale } from '../../../lib/localized.ts'
import { formatMoney, money } from '../../../lib/money.ts'
import { type Content, type Decider, deciderOf, type Field } from '../model.ts'
import { wholeName } from '../reading/name.ts'
import { type ImportsText, importsText, importsTexts } from '../strings.ts'

const has = (key: string): key is ImportsText => Object.hasOwn(importsTexts.ar, key)

/** What a column is, in words. */
export function fieldWord(locale: Locale, field: Field | string): string {
  const [, kind] = field.split(':')
  if (kind && has(`kind-${kind}`))
    return importsText(locale, 'field-balance-of', {
      kind: importsText(locale, `kind-${kind}` as ImportsText),
    })
  const key = `field-${field}`
  return has(key) ? importsText(locale, key) : field
}

/** Why a row does not fit, or what should be known of it. */
export function reasonWord(locale: Locale, reason: string): string {
  const key = [`reason-${reason}`, `note-${reason}`].find(has)
  return key ? importsText(locale, key as ImportsText) : reason
}

/** Nobody decides about rows that are none. */
const noRows = new Set(['empty', 'total', 'heading', 'repeated'])

export const whoWord = (locale: Locale, reason: string): string =>
  importsText(
    locale,
    noRows.has(reason) ? 'who-nobody' : (`who-${deciderOf(reason)}` satisfies `who-${Decider}`),
  )

/** What a row brings, in one line. */
export function contentLine(content: Content, locale: Locale): string {
  const { subscription, balances, account } = content
  return [
    subscription && `${importsText(locale, `kind-${subscription.utility}`)} ${subscription.number}`,
    subscription?.meter && `${importsText(locale, 'field-meter')} ${subscription.meter}`,
    !subscription && account && `${importsText(locale, 'field-account')} ${account}`,
    ...balances.map(
      each =>
        `${importsText(locale, `kind-${each.kind}`)} ${formatMoney(money(each.minor, each.currency), locale)}`,
    ),
  ]
    .filter(Boolean)
    .join(' · ')
}

export const nameOf = (content: Content): string => (content.person ? wholeName(content.person) : '')

/** What differs between two readings of a row, as «what: was → is». */
export function changesOf(before: Content, now: Content, locale: Locale): string[] {
  const lines: { field: string; before: string; now: string }[] = []
  const none = importsText(locale, 'value-none')
  const compare = (field: string, one: string | undefined, other: string | undefined) => {
    if ((one ?? '') !== (other ?? '')) lines.push({ field, before: one || none, now: other || none })
  }
  compare(fieldWord(locale, 'name'), nameOf(before), nameOf(now))
  for (const field of ['id', 'mother', 'birth', 'phone', 'quarter', 'block', 'parcel', 'landmark'] as const)
    compare(fieldWord(locale, field), before.person?.[field], now.person?.[field])
  const meter = (content: Content) => content.subscription?.meter
  compare(fieldWord(locale, 'meter'), meter(before), meter(now))
  const billing = (content: Content) =>
    content.subscription && importsText(locale, `billing-${content.subscription.billing}`)
  compare(fieldWord(locale, 'billing'), billing(before), billing(now))
  const amperes = (content: Content) => content.subscription?.amperes?.toString()
  compare(fieldWord(locale, 'amperes'), amperes(before), amperes(now))
  const sums = (content: Content) =>
    new Map(
      content.balances.map(each => [
        `${each.kind} ${each.currency}`,
        formatMoney(money(each.minor, each.currency), locale),
      ]),
    )
  const [was, is] = [sums(before), sums(now)]
  for (const name of new Set([...was.keys(), ...is.keys()]))
    compare(fieldWord(locale, `balance:${name.split(' ')[0]}`), was.get(name), is.get(name))
  return lines.map(line => importsText(locale, 'change-line', line))
}
