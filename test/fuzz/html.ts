/** Elements that have no end. */
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
const tag = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[^\s=<>"'/]+(?:="[^"]*")?)*)\s*(\/?)>/y
const scripts = new Set(['script', 'style'])

/** What is wrong with a page as React writes pages: a tag that is none, an end without its beginning, nothing after a beginning. */
export function faultOfHtml(html: string): string | undefined {
  const open: string[] = []
  let at = html.startsWith('<!doctype html>') ? 15 : 0
  if (at === 0) return 'it does not begin as a page'
  for (;;) {
    at = html.indexOf('<', at)
    if (at < 0) break
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at)
      if (end < 0) return near('a remark without an end', html, at)
      at = end + 3
      continue
    }
    tag.lastIndex = at
    const found = tag.exec(html)
    if (!found) return near('what is no tag', html, at)
    const [whole, ends, name = '', , closed] = found
    at += whole.length
    if (ends) {
      const last = open.pop()
      if (last !== name) return near(`the end of ${name} where ${last} is open`, html, at)
    } else if (!empty.has(name) && !closed) {
      open.push(name)
      if (scripts.has(name)) {
        const end = html.indexOf(`</${name}>`, at)
        if (end < 0) return near(`${name} without an end`, html, at)
        at = end
      }
    }
  }
  return open.length > 0 ? `${open.join(' ')} left open` : undefined
}

const near = (what: string, html: string, at: number): string =>
  `${what}: ${html.slice(Math.max(0, at - 60), at + 60)}`
