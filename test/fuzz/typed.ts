import { boxesOf } from '../access/pages.ts'
import type { Base, Edit } from './input.ts'
import type { OpenTown } from './town.ts'

/** Boxes whose words are no page's: codes, and the names a provider knows the town by. */
const secrets = /^(code|user|password|pin|again)$/

const letters = 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'
/** Words no number, date or choice is, other ones for each box: a sentence, as a page that cannot show the box again gives it back. */
const wordsOf = (at: number) => `قول ${letters[at % letters.length]} هنا`

/**
 * Sends a form with words in each of its boxes, and again with the first left empty; where it is refused, gives the boxes that stand there
 * without what was typed into them, and those that are gone with it.
 */
export async function lostWords(town: OpenTown, base: Base): Promise<string[]> {
  const typed = [...new Set(base.typed)]
  const lost = new Set<string>()
  for (const empty of [undefined, 0]) {
    const edits = typed.map((name, at): Edit => ({ at: 'field', name, as: at === empty ? '' : wordsOf(at) }))
    const { came } = await town.send(0, { ...base, edits })
    if (!came || came.status < 400) continue
    const html = came.body.toString('utf8')
    const shown = boxesOf(html)
    for (const [at, name] of typed.entries()) {
      if (at === empty || secrets.test(name)) continue
      const boxes = shown.filter(box => box.name === name)
      const found =
        boxes.length > 0 ? boxes.some(({ value }) => value.includes(wordsOf(at))) : html.includes(wordsOf(at))
      if (!found)
        lost.add(
          `${base.route} as ${base.who}: ${name} ${boxes.length > 0 ? `shows "${boxes[0]?.value}"` : `is gone (${came.status})`}`,
        )
    }
  }
  return [...lost]
}
