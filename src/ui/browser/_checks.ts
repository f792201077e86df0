/* Runs inside a page under test, never in a page that is served. */

type Barrier = { rule: string; where: string; detail: string }
type Colour = [number, number, number, number]
type AxeResult = { violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }
declare const axe: { run: (where: unknown, how: unknown) => Promise<AxeResult> }

/** All checks of a page. */
export async function checkAll(): Promise<Barrier[]> {
  return [...(await runAxe()), ...walkContrast(), ...findOverflow(), ...findInline()]
}

async function runAxe(): Promise<Barrier[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => ({ rule: id, where: node.target.join(' '), detail: node.failureSummary ?? '' })),
  )
}

function read(text: string): Colour {
  const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
  return [r, g, b, a]
}

function over(top: Colour, below: Colour): Colour {
  const mix = (at: 0 | 1 | 2) => top[at] * top[3] + below[at] * (1 - top[3])
  return [mix(0), mix(1), mix(2), 1]
}

function light([r, g, b]: Colour): number {
  const part = (value: number) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
}

function ratio(a: Colour, b: Colour): number {
  const high = Math.max(light(a), light(b))
  const low = Math.min(light(a), light(b))
  return (high + 0.05) / (low + 0.05)
}

/* What lies behind: surfaces of the element and its parents; a chosen card paints itself in a pseudo-element of the words. */
function behind(element: Element): Colour {
  const layers: Colour[] = []
  for (let at: Element | null = element; at; at = at.parentElement) {
    const painted = getComputedStyle(at, '::before')
    const paints = painted.content !== 'none' && painted.position === 'absolute' && painted.zIndex === '-1'
    for (const style of paints ? [painted, getComputedStyle(at)] : [getComputedStyle(at)]) {
      const colour = read(style.backgroundColor)
      if (colour[3] > 0) layers.push(colour)
    }
  }
  return layers.reverse().reduce<Colour>((below, top) => over(top, below), [255, 255, 255, 1])
}

/** Contrast of every text against what lies behind it; controls closed for use are left aside. */
export function walkContrast(): Barrier[] {
  const found: Barrier[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent?.trim()
    if (
      !element ||
      !text ||
      element.closest('[disabled], .vh, .skip, script, template, svg, option, [hidden]')
    )
      continue
    const style = getComputedStyle(element)
    if (style.visibility === 'hidden' || element.getClientRects().length === 0) continue
    const ground = behind(element)
    const measured = ratio(over(read(style.color), ground), ground)
    const size = Number.parseFloat(style.fontSize)
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600) ? 3 : 4.5
    if (measured < needed) {
      const where = `${element.tagName.toLowerCase()}.${element.className}`
      found.push({ rule: 'contrast-walk', where, detail: `${measured.toFixed(2)} "${text.slice(0, 40)}"` })
    }
  }
  return found
}

function scrolls(element: Element): boolean {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll|hidden/.test(getComputedStyle(at).overflowX)) return true
  }
  return false
}

/** A page never scrolls sideways. */
function findOverflow(): Barrier[] {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  return [...document.querySelectorAll('body *')]
    .filter(element => {
      const box = element.getBoundingClientRect()
      return (
        box.width > 0 &&
        (box.right > width + 1 || box.left < -1) &&
        !scrolls(element) &&
        !element.closest('.skip, .vh')
      )
    })
    .slice(0, 5)
    .map(element => {
      const { left, right } = element.getBoundingClientRect()
      const where = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`
      return {
        rule: 'sideways-scroll',
        where,
        detail: `${Math.round(left)} to ${Math.round(right)} of ${width}`,
      }
    })
}

/** Neither inline styles nor inline handlers: the content security policy would drop them. */
function findInline(): Barrier[] {
  return [...document.querySelectorAll('*')].flatMap(element =>
    [...element.attributes]
      .filter(({ name }) => name === 'style' || name.startsWith('on'))
      .map(({ name }) => ({ rule: 'inline-code', where: element.tagName.toLowerCase(), detail: name })),
  )
}
