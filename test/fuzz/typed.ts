import { boxesOf } from '../access/pages.ts'
import type { Base, Edit } from './input.ts'
import type { OpenTown } from './town.ts'

/** Boxes whose words are no page's: codes, and the names a provider knows the town by. */
const secrets = /^(code|user|password|pin|again)$/

const letters = 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'
/** A word no number, date or choice is, another one for each box. */
const wordOf = (at: number) => `قول${letters[at % letters.length]}`

/**
 * Sends a form with a word in each of its boxes, and again with the first left empty; where it comes back with a fault, gives the boxes that
 * stand there without what was typed into them.
 */
export async function lostWords(town: OpenTown, base: Base): Promise<string[]> {
  const typed = [...new Set(base.typed)]
  const lost = new Set<string>()
  for (const empty of [undefined, 0]) {
    const edits = typed.map((name, at): Edit => ({ at: 'field', name, as: at === empty ? '' : wordOf(at) }))
    const { came } = await town.send(0, { ...base, edits })
    if (came?.status !== 422) continue
    const shown = boxesOf(came.body.toString('utf8'))
    for (const [at, name] of typed.entries()) {
      const boxes = shown.filter(box => box.name === name)
      if (at === empty || secrets.test(name) || boxes.length === 0) continue
      if (!boxes.some(({ value }) => value.includes(wordOf(at))))
        lost.add(`${base.route} as ${base.who}: ${name} shows "${boxes[0]?.value}"`)
    }
  }
  return [...lost]
}
