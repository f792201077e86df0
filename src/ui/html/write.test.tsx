import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { createElement, Fragment, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { samplePage } from '../kit/sample-page.ts'
import { Kit, type KitSide } from '../kit.tsx'
import { PageProvider, usePage, within } from '../page.ts'
import { toHtml } from './write.ts'

/** What React's own writer makes of it, but for the pictures it fetches ahead and the order it gives a page's head. */
const byReact = (node: ReactNode) =>
  renderToStaticMarkup(node).replace(/<link rel="preload" as="image"[^>]*>/g, '')

const src = join(import.meta.dirname, '../..')
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.tsx') && !name.includes('.test.'))
  .map(name => readFileSync(join(src, name), 'utf8'))
/** Every attribute of a tag in all our pages, as far as it can be read without a compiler. */
const names = [
  ...new Set(
    sources.flatMap(text =>
      [...text.matchAll(/<[a-z][a-z0-9]*\s([^>]*)/g)].flatMap(([, attributes = '']) =>
        [...attributes.matchAll(/(?:^|\s)([a-z][a-zA-Z-]*)(?:=[{"]|(?=\s|$|\/))/g)].map(
          found => found[1] ?? '',
        ),
      ),
    ),
  ),
]
const ours = new Set(['style', 'key', 'ref', 'children', 'dangerouslySetInnerHTML', 'innerHTML'])

const words = fc.stringMatching(/^[a-z<>&"' \u0628\n]{0,8}$/)
const tagName = fc.constantFrom('p', 'b', 'ul', 'section', 'td', 'bdi')
const { tree } = fc.letrec<{ tree: ReactNode }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    words,
    fc.constantFrom(null, undefined, true, false, 0, 17, ''),
    fc.array(tie('tree'), { maxLength: 3 }).map(each => createElement(Fragment, null, ...each)),
    fc
      .tuple(
        tagName,
        fc.record({ className: words, id: words, hidden: fc.boolean(), title: words }, { requiredKeys: [] }),
        fc.array(tie('tree'), { maxLength: 3 }),
      )
      .map(([tag, props, children]) => createElement(tag, props, ...children)),
    tie('tree').map(each => createElement(Part, null, each as ReactNode)),
  ),
}))

/** The same HTML with the attributes of each tag in the order of their names. */
const inOrder = (html: string) =>
  html.replace(
    /<(\w+)((?: [\w:-]+="[^"]*")+)/g,
    (_, tag: string, all: string) => `<${tag} ${(all.match(/[\w:-]+="[^"]*"/g) ?? []).sort().join(' ')}`,
  )

/** Where two texts part, for a failure that can be read. */
function parting(one: string, other: string): [string, string] | undefined {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return one === other ? undefined : [one.slice(at - 60, at + 60), other.slice(at - 60, at + 60)]
}

const Language = () => <b>{usePage().locale}</b>

function Part({ children }: { children?: ReactNode }) {
  return <i>{children}</i>
}

describe('the writer of HTML', () => {
  it('writes any tree of tags, texts and parts as React does', () => {
    fc.assert(
      fc.property(tree, node => {
        expect(toHtml(node)).toBe(byReact(node))
      }),
      { numRuns: 500 },
    )
  })

  it('writes every attribute that stands in our pages as React does, whatever its value', () => {
    expect(names.length).toBeGreaterThan(80)
    // React complains of what it leaves out.
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const other: unknown[] = []
    const values = ['', 'a', '<"&\'>', 3, true, false, null, undefined]
    for (const name of names) {
      if (ours.has(name)) continue
      for (const value of values) {
        // React writes a number of rows that is true.
        if (value === true && ['rows', 'size'].includes(name)) continue
        const node = createElement('div', { [name]: value })
        if (toHtml(node) !== byReact(node))
          other.push([name, value, toHtml(node), byReact(node)].map(String).join(' | '))
      }
    }
    expect(other).toEqual([])
  })

  it.each([
    <input key="1" name="a" defaultValue="x" defaultChecked />,
    <input key="2" name="a" value={0} checked={false} readOnly />,
    <textarea key="3" name="a" rows={3} defaultValue={'\n<two>'} />,
    <select key="4" name="a" defaultValue="2">
      <option value="1">one</option>
      <option value="2">two</option>
    </select>,
    <select key="5" name="a" multiple defaultValue={['1', '3']}>
      {[1, 2, 3].map(each => (
        <option key={each}>{each}</option>
      ))}
    </select>,
    <pre key="6">{'\nfirst'}</pre>,
    <svg key="7" viewBox="0 0 2 2" strokeWidth={2} aria-hidden="true">
      <path d="M0 0" strokeLinecap="round" fillRule="evenodd" />
    </svg>,
    <p key="8">
      a{'b'}
      {3}
      <br />
    </p>,
  ])('writes lists of choices, fields and pictures as React does (%#)', node => {
    expect(inOrder(toHtml(node))).toBe(inOrder(byReact(node)))
  })

  it.each(['citizen', 'staff', 'paper'] as KitSide[])(
    'writes the sheet of parts of %s as React does',
    side => {
      const page = samplePage(side === 'citizen' ? 'citizen' : 'staff', 'ar', {})
      const node = <Kit side={side} />
      const bodyOf = (html: string) => inOrder(html.slice(html.indexOf('<body')))
      const [ours, theirs] = [toHtml, byReact].map(write => bodyOf(within(page, () => write(node))))
      expect(ours?.length).toBeGreaterThan(10_000)
      expect(parting(ours ?? '', theirs ?? '')).toBeUndefined()
    },
  )

  it('writes no address that runs as a script', () => {
    for (const href of ['javascript:alert(1)', ' java\nscript:alert(1)', '\u0001JavaScript:alert(1)']) {
      expect(toHtml(<a href={href}>x</a>)).toBe('<a>x</a>')
    }
    const plain = createElement('a', { href: '?javascript:' })
    expect(toHtml(plain)).toBe('<a href="?javascript:"></a>')
  })

  it('refuses a name that is none, a style of its own and HTML in one piece', () => {
    for (const name of ['a b', 'x"y', 'onclick>', 'style', 'dangerouslySetInnerHTML'])
      expect(() => toHtml(createElement('p', { [name]: 'x' }))).toThrow(TypeError)
    expect(() => toHtml(createElement('p><script'))).toThrow(TypeError)
  })

  it('gives each part the page around it, and the one before where that ends', () => {
    const page = samplePage('citizen', 'ar', {})
    const node = (
      <PageProvider page={page}>
        <PageProvider page={{ ...page, locale: 'en' }}>
          <Language />
        </PageProvider>
        <Language />
      </PageProvider>
    )
    expect(toHtml(node)).toBe('<b>en</b><b>ar</b>')
    expect(() => toHtml(<Language />)).toThrow('outside PageProvider')
  })
})
