import type { Locator, Page } from 'playwright-core'
import { leaving, type Visitor } from './visitor.ts'

/** Somebody whose presses are counted: clicks, and keys typed with the one that leads into each field. */
export type Hand = {
  clicks: number
  keys: number
  visitor: Visitor
  page: Page
  /** Presses what leads to another page. */
  go(what: Locator): Promise<void>
  /** Presses what changes the page itself. */
  click(what: Locator): Promise<void>
  type(field: Locator, text: string): Promise<void>
  /** Opens a list and chooses from it. */
  choose(list: Locator, label: string): Promise<void>
}

export function aHand(visitor: Visitor): Hand {
  const { page } = visitor
  const hand: Hand = {
    clicks: 0,
    keys: 0,
    visitor,
    page,
    async go(what) {
      hand.clicks += 1
      await leaving(page, () => what.click())
    },
    async click(what) {
      hand.clicks += 1
      await what.click()
    },
    async type(field, text) {
      hand.keys += text.length + 1
      await field.fill(text)
    },
    async choose(list, label) {
      hand.clicks += 2
      await list.selectOption({ label })
    },
  }
  return hand
}

type New = { ar: string; en: string; kind?: string }

/** The designer's screens by what is done on them. */
export function screens(hand: Hand) {
  const { page } = hand
  const edit = page.locator('#edit')
  const save = () => hand.go(edit.getByRole('button', { name: /^احفظ/ }))
  const box = (name: string, inside: Locator = edit) => inside.locator(`[name="${name}"]`)
  return {
    edit,
    save,
    box,
    tab: (name: string) =>
      hand.go(
        page
          .getByRole('navigation', { name: 'أجزاء الخدمة' })
          .getByRole('link', { name: new RegExp(`^${name}`) }),
      ),
    /** Names something new in a list, and stands on its pane. */
    async add(pane: string, { ar, en, kind }: New) {
      const form = page.locator(pane)
      await hand.type(box('new.ar', form), ar)
      await hand.type(box('new.en', form), en)
      if (kind) await hand.choose(box('new.kind', form), kind)
      await hand.go(form.getByRole('button', { name: 'أضف' }))
    },
    open: (pane: string, name: string) => hand.go(page.locator(pane).getByRole('link', { name })),
    async words(name: string, ar: string, en: string) {
      await hand.type(box(`${name}.ar`), ar)
      await hand.type(box(`${name}.en`), en)
    },
    async pick(name: string, label: string) {
      await hand.choose(box(name), label)
    },
    async tick(legend: string, ...labels: string[]) {
      const group = edit.getByRole('group', { name: legend })
      for (const label of labels) await hand.click(group.getByRole('checkbox', { name: label, exact: true }))
    },
    /** Adds a row to a condition and fills it in. */
    async condition(name: string, question: string, value: string) {
      const shape = page.locator(`#f-${name}`)
      await hand.click(shape.getByRole('button', { name: 'أضف شرطًا' }))
      await box(`${name}.0.0.subject`).waitFor()
      await hand.choose(box(`${name}.0.0.subject`), question)
      await box(`${name}.0.0.value`).waitFor()
      await hand.choose(box(`${name}.0.0.value`), value)
    },
  }
}
