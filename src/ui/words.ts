import { createElement, Fragment, type ReactNode } from 'react'
import { inLocale, type Localized } from '../lib/localized.ts'
import { type Texts, type TextValue, translate } from '../lib/texts.ts'
import { usePage } from './page.ts'
import { say } from './parts/say.tsx'
import { strings } from './strings.ts'

/** Values a message is filled with. */
export type Values = Readonly<Record<string, TextValue>>

/** Key of a text of the design system itself. */
export type WordKey = keyof typeof strings.ar & string

/** Speaks texts in the page's language: `const t = useTexts(strings)`, then `t('key', { count })`. */
export function useTexts<Key extends string>(texts: Texts<Key>): (key: Key, values?: Values) => string {
  const { locale } = usePage()
  return (key, values) => translate(texts, locale, key, values)
}

/** Speaks the design system's own texts. */
export function useWords(): (key: WordKey, values?: Values) => string {
  return useTexts(strings)
}

/**
 * Speaks texts whose places hold parts of the page, such as a link or a name:
 * `rich('waits-at', { office: <b>…</b> }, { count })`.
 */
export function useRichTexts<Key extends string>(
  texts: Texts<Key>,
): (key: Key, nodes: Readonly<Record<string, ReactNode>>, values?: Values) => ReactNode {
  const { locale } = usePage()
  return (key, nodes, values) => {
    const markers = Object.fromEntries(Object.keys(nodes).map(name => [name, `\ue000${name}\ue000`]))
    return translate(texts, locale, key, { ...values, ...markers })
      .split('\ue000')
      .map((piece, place) =>
        createElement(Fragment, { key: String(place) }, place % 2 === 1 ? nodes[piece] : say(piece)),
      )
  }
}

/** Picks the page's language out of a text in both. */
export function useLocalized(): (text: Localized) => string {
  const { locale } = usePage()
  return text => inLocale(text, locale)
}
