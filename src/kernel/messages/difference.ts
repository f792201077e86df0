/** A run of words of two texts: in both, only in the first, or only in the second. */
export type TextPiece = { kind: 'same' | 'gone' | 'new'; text: string }

/** What makes one short text of another, word by word; what is the same is as long as it can be. For texts of messages, not for books. */
export function differenceInWords(before: string, after: string): TextPiece[] {
  const a = wordsOf(before)
  const b = wordsOf(after)
  const common = lengths(a, b)
  const pieces: TextPiece[] = []
  const add = (kind: TextPiece['kind'], text: string) => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]]
    if (x !== undefined && x === y) {
      add('same', x)
      i += 1
      j += 1
    } else if (y === undefined || (x !== undefined && at(common, i + 1, j) >= at(common, i, j + 1))) {
      add('gone', x ?? '')
      i += 1
    } else {
      add('new', y)
      j += 1
    }
  }
  return pieces
}

/** Words and what stands between them, joined again to the text. */
const wordsOf = (text: string): string[] =>
  text.split(/(?<=\s)|(?=\s)|(?=[{،؛؟.:])|(?<=\})/).filter(word => word !== '')

const at = (table: readonly number[][], i: number, j: number): number => table[i]?.[j] ?? 0

/** How many words what follows has in common, from each place of both. */
function lengths(a: readonly string[], b: readonly string[]): number[][] {
  const table: number[][] = Array.from({ length: a.length + 1 }, () => Array(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = table[i] ?? []
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), row[j + 1] ?? 0)
    }
  }
  return table
}
