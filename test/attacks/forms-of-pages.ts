/** A field of a form as it stands on a page; `text` where somebody types into it. */
export type Field = { name: string; value: string; kind: 'text' | 'hidden' | 'choice' | 'file' }
export type Form = { action: string; method: 'get' | 'post'; fields: Field[] }

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" }
const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, name) => entities[name] ?? '')

const attributesOf = (tag: string): Record<string, string> =>
  Object.fromEntries(
    [...tag.matchAll(/\s([a-zA-Z-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      plain(value),
    ]),
  )

/** The forms of a page as React writes them, with their fields, each button's own name and value as one more choice. */
export function formsOf(html: string, page: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag = '', inside = '']) => {
    const { action = page, method = 'get' } = attributesOf(` ${tag}`)
    return { action, method: method.toLowerCase() === 'post' ? 'post' : 'get', fields: fieldsOf(inside) }
  })
}

function fieldsOf(html: string): Field[] {
  const fields: Field[] = []
  const tags = /<(input|button|textarea|select)\b([^>]*)>(?:([^<]*)<\/textarea>)?/g
  for (const { 1: element = '', 2: tag = '', 3: text, index } of html.matchAll(tags)) {
    const { name = '', type = 'text', value = '', ...rest } = attributesOf(` ${tag}`)
    if (name === '' || 'disabled' in rest) continue
    if (element === 'select') fields.push({ name, value: chosen(html.slice(index)), kind: 'choice' })
    else if (element === 'textarea') fields.push({ name, value: plain(text ?? ''), kind: 'text' })
    else if (element === 'button' || type === 'radio' || type === 'checkbox') {
      const before = fields.find(each => each.name === name)
      if (!before) fields.push({ name, value: value || 'on', kind: 'choice' })
      else if ('checked' in rest) before.value = value
    } else if (type === 'file') fields.push({ name, value: '', kind: 'file' })
    else fields.push({ name, value, kind: type === 'hidden' ? 'hidden' : 'text' })
  }
  return fields
}

function chosen(html: string): string {
  const [inside = ''] = html.split('</select>')
  const options = [...inside.matchAll(/<option\b([^>]*)>/g)].map(([, tag = '']) => attributesOf(` ${tag}`))
  return (
    (options.find(each => 'selected' in each) ?? options.find(each => each.value) ?? options[0])?.value ?? ''
  )
}

/** What a browser would send of it. */
export const sentOf = ({ fields }: Form): Record<string, string> =>
  Object.fromEntries(fields.filter(({ kind }) => kind !== 'file').map(({ name, value }) => [name, value]))
