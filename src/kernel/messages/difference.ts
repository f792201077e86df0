/** A run of words of two texts: in both, only in the first, or only in the second. */
export type TextPiece = { kind: 'same' | 'gone' | 'new'; text: string }

/** What makes one short text of another, word by word; what is the same is as long as it can be. For texts of messages, not for books. */
export function differenceInWords(before: string, after: string): TextPiece[] {
  const a = wordsOf(before)
  const b = wordsOf(after)
  const common = lengths(a, b)
  const steps: TextPiece[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]]
    if (x !== undefined && x === y) {
      steps.push({ kind: 'same', text: x })
      i += 1
      j += 1
    } else if (y === undefined || (x !== undefined && at(common, i + 1, j) >= at(common, i, j + 1))) {
      steps.push({ kind: 'gone', text: x ?? '' })
      i += 1
    } else {
      steps.push({ kind: 'new', text: y })
      j += 1
    }
  }
  return inRuns(steps)
}

/** What went and what came in whole runs: a blank between two words that changed changed with them. */
function inRuns(steps: readonly TextPiece[]): TextPiece[] {
  const pieces: TextPiece[] = []
  let run = { gone: '', new: '' }
  let same = ''
  const flush = () => {
    if (run.gone !== '') pieces.push({ kind: 'gone', text: run.gone })
    if (run.new !== '') pieces.push({ kind: 'new', text: run.new })
    if (same !== '') pieces.push({ kind: 'same', text: same })
    run = { gone: '', new: '' }
    same = ''
  }
  for (const { kind, text } of steps) {
    if (kind === 'same') {
      same += text
      continue
    }
    const isOneRun = same.trim() === '' && (run.gone !== '' || run.new !== '')
    if (isOneRun) {
      run = { gone: run.gone + same, new: run.new + same }
      same = ''
    } else if (same !== '') flush()
    run[kind] += text
  }
  flush()
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
