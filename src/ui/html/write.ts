import { Fragment, type ReactElement, type ReactNode } from 'react'
import { PageProvider, within } from '../page.ts'
import { attribute, escaped } from './attributes.ts'

type Props = { children?: ReactNode; value?: unknown; defaultValue?: unknown } & Record<string, unknown>

/**
 * The HTML of a tree of parts. Pages are written once, whole, and no script takes their tree up again: what React's own writer keeps for
 * that (places to wait at, marks between texts, hooks) costs most of its time. Parts are functions of their properties and of `usePage()`.
 */
export function toHtml(node: ReactNode): string {
  if (typeof node === 'string') return escaped(node)
  if (typeof node === 'number' || typeof node === 'bigint') return String(node)
  if (typeof node !== 'object' || node === null) return ''
  if (Array.isArray(node)) return all(node)
  return 'type' in node ? ofElement(node as ReactElement<Props>) : all(node as Iterable<ReactNode>)
}

function all(nodes: Iterable<ReactNode>): string {
  let html = ''
  for (const node of nodes) html += toHtml(node)
  return html
}

function ofElement({ type, props }: ReactElement<Props>): string {
  if (typeof type === 'string') return tags[type]?.(type, props) ?? tag(type, props, props.children)
  if (type === (PageProvider as unknown)) {
    const { page, children } = props as unknown as Parameters<typeof PageProvider>[0]
    return within(page, () => toHtml(children))
  }
  if ((type as unknown) === Fragment) return toHtml(props.children)
  if (typeof type !== 'function') throw new TypeError('A part is a function or the name of a tag')
  return toHtml((type as (props: Props) => ReactNode)(props))
}

const sound = /^[a-z][a-zA-Z0-9]*$/

function opened(type: string, props: Props): string {
  if (!sound.test(type)) throw new TypeError(`No tag is called ${type}`)
  let html = `<${type}`
  for (const name in props) if (name !== 'children') html += attribute(name, props[name])
  return html
}

function tag(type: string, props: Props, children: ReactNode): string {
  return `${opened(type, props)}>${toHtml(children)}</${type}>`
}

const empty = (type: string, props: Props): string => `${opened(type, props)}/>`

/** What stands chosen in the list being written. */
let chosen: ReadonlySet<string> | undefined

/** Tags with a rule of their own. */
const tags: Readonly<Record<string, ((type: string, props: Props) => string) | undefined>> = {
  ...Object.fromEntries(
    'area base br col embed hr img link meta param source track wbr'.split(' ').map(name => [name, empty]),
  ),
  input(type, { defaultValue, defaultChecked, ...props }) {
    return empty(type, {
      ...props,
      value: props.value ?? defaultValue,
      checked: props.checked ?? defaultChecked,
    })
  },
  textarea(type, { value, defaultValue, children, ...props }) {
    // A browser drops the first line's end.
    const text = String(value ?? defaultValue ?? children ?? '')
    return tag(type, props, text.startsWith('\n') ? `\n${text}` : text)
  },
  pre(type, props) {
    const { children } = props
    return tag(
      type,
      props,
      typeof children === 'string' && children.startsWith('\n') ? `\n${children}` : children,
    )
  },
  select(type, { value, defaultValue, children, ...props }) {
    const before = chosen
    const said = value ?? defaultValue
    chosen = said === undefined || said === null ? undefined : new Set([said].flat().map(String))
    try {
      return tag(type, props, children)
    } finally {
      chosen = before
    }
  },
  option(type, props) {
    const { children } = props
    const text = Array.isArray(children) ? children.join('') : String(children ?? '')
    const selected = chosen ? chosen.has(String(props.value ?? text)) : props.selected
    return tag(type, { ...props, selected }, text)
  },
}
