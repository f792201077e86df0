const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

/** Text of an attribute as it was before it was put into a page. */
export const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name] ?? '')

/** The value of the first field (`input`) or button of this name, as a page has it; undefined where there is none. */
export function valueIn(html: string, element: 'input' | 'button', name: string): string | undefined {
  const [tag] = new RegExp(`<${element}\\b[^>]*\\bname="${name}"[^>]*>`).exec(html) ?? []
  const value = tag && /\bvalue="([^"]*)"/.exec(tag)?.[1]
  return value === undefined ? undefined : unescaped(value)
}

/** Every value of the boxes of this name. */
export const valuesOf = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`<input\\b[^>]*\\bname="${name}"[^>]*>`, 'g'))].flatMap(([tag]) => {
    const value = /\bvalue="([^"]*)"/.exec(tag)?.[1]
    return value === undefined ? [] : [unescaped(value)]
  })

/** The first address in links of a page that matches. */
export function linkOf(html: string, pattern: RegExp): string | undefined {
  for (const [, href = ''] of html.matchAll(/\bhref="([^"]*)"/g)) {
    const plain = unescaped(href)
    if (pattern.test(plain)) return plain
  }
  return undefined
}
