/** What a page offers to go on with: its links, and its forms as a browser would send them. */

export type Form = {
  method: 'get' | 'post'
  action: string
  fields: [string, string][]
  /** Names of its boxes for files. */
  files: string[]
  /** Names of its boxes for words: what somebody types, and would type again. */
  typed: string[]
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag)
  return found ? plain(found[1] ?? '') : undefined
}
const plain = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** Where the links of a page lead, within its own host. */
export function linksOf(html: string): string[] {
  const found = [
    ...html.matchAll(/<(?:a|img|iframe|object|embed|link|source)\s[^>]*?(?:href|src|data)="(\/[^"#]*)/g),
  ].map(([, href = '']) => plain(href))
  return [...new Set(found)].filter(href => !href.startsWith('//') && !href.startsWith('/assets/'))
}

/** The forms of a page, filled as somebody in a hurry fills them: what stands there stays, the rest gets a plausible word of its kind. */
export function formsOf(html: string, here: string): Form[] {
  const outside = [
    ...html.matchAll(
      /<(?:input|select|textarea|button)\s[^>]*\sform="([^"]+)"[^>]*>(?:[\s\S]*?<\/(?:select|textarea)>)?/g,
    ),
  ]
  return [...html.matchAll(/<form(\s[^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, head = '', body = '']) => {
    const id = attribute(`${head}>`, 'id')
    const whole =
      body +
      outside
        .filter(([, of]) => of === id)
        .map(([text]) => text)
        .join('')
    const method = (attribute(`${head}>`, 'method') ?? 'get').toLowerCase() === 'post' ? 'post' : 'get'
    const action = attribute(`${head}>`, 'action') || here
    const fields = fieldsOf(whole)
    const buttons = [...whole.matchAll(/<button(\s[^>]*)>/g)].flatMap(([tag]) => {
      const name = attribute(tag, 'name')
      return name
        ? [
            {
              name,
              value: attribute(tag, 'value') ?? '',
              action: attribute(tag, 'formAction') ?? attribute(tag, 'formaction'),
            },
          ]
        : []
    })
    const files = filesOf(whole)
    const typed = boxesOf(whole).map(({ name }) => name)
    const plainForm: Form = { method, action, fields, files, typed }
    if (buttons.length === 0) return [plainForm]
    return buttons.slice(0, 6).map(({ name, value, action: own }) => ({
      method,
      action: own ?? action,
      fields: [...fields, [name, value] as [string, string]],
      files,
      typed,
    }))
  })
}

/** Kinds of boxes that words are typed into, and may be shown again. */
const worded = ['text', 'search', 'tel', 'email', 'url', 'number', 'date', 'time', 'month', 'datetime-local']

/** The boxes for words in some HTML, and what stands in each. */
export function boxesOf(html: string): { name: string; value: string }[] {
  const boxes: { name: string; value: string }[] = []
  for (const [tag] of html.matchAll(/<input\s[^>]*>/g)) {
    const name = attribute(tag, 'name')
    if (name && worded.includes(attribute(tag, 'type') ?? 'text'))
      boxes.push({ name, value: attribute(tag, 'value') ?? '' })
  }
  for (const [, head = '', text = ''] of html.matchAll(/<textarea(\s[^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const name = attribute(`${head}>`, 'name')
    if (name) boxes.push({ name, value: plain(text) })
  }
  return boxes
}

const filesOf = (body: string): string[] => [
  ...new Set(
    [...body.matchAll(/<input\s[^>]*>/g)].flatMap(([tag]) =>
      attribute(tag, 'type') === 'file' ? (attribute(tag, 'name') ?? []) : [],
    ),
  ),
]

const words: Record<string, string> = {
  number: '1',
  tel: '0599123456',
  email: 'somebody@post.test',
  date: '2026-03-10',
  time: '10:00',
  month: '2026-03',
  password: '1234',
  text: 'كلمات كافية للتجربة',
  search: '',
  textarea: 'كلمات كافية لمن يسأل لماذا',
  url: 'https://post.test/',
}

function fieldsOf(body: string): [string, string][] {
  const fields: [string, string][] = []
  const chosen = new Set<string>()
  for (const [tag] of body.matchAll(/<input\s[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const type = attribute(tag, 'type') ?? 'text'
    if (!name || name === '_key' || type === 'file' || type === 'submit') continue
    const value = attribute(tag, 'value') ?? ''
    if (type === 'radio') {
      if (chosen.has(name)) continue
      chosen.add(name)
      fields.push([name, value])
    } else if (type === 'checkbox') fields.push([name, value || 'on'])
    else fields.push([name, value !== '' || type === 'hidden' ? value : (words[type] ?? words.text ?? '')])
  }
  for (const [, head = '', options = ''] of body.matchAll(/<select(\s[^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = attribute(`${head}>`, 'name')
    if (!name) continue
    const all = [...options.matchAll(/<option[^>]*>/g)].map(([tag]) => ({
      value: attribute(tag, 'value') ?? '',
      on: attribute(tag, 'selected') !== undefined,
    }))
    fields.push([
      name,
      (all.find(each => each.on && each.value) ?? all.find(each => each.value))?.value ?? '',
    ])
  }
  for (const [, head = '', text = ''] of body.matchAll(/<textarea(\s[^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const name = attribute(`${head}>`, 'name')
    if (name) fields.push([name, plain(text) || (words.textarea ?? '')])
  }
  return fields
}
