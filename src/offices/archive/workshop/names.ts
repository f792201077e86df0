import { constants, inflateSync } from 'node:zlib'

/** What a PDF says of itself that a paper of record never needs: scripts, programs, files within, forms that send themselves. */
const refused = [
  'JavaScript',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'RichMedia',
  'XFA',
  'ImportData',
  'SubmitForm',
  'GoToE',
]
/** Too short to be told from chance in compressed bytes: looked for outside streams only. */
const refusedOutside = ['JS', 'AA', 'EF']

const ending = '(?=[\\s()<>\\[\\]{}/%]|$)'
const anywhere = new RegExp(`/(${refused.join('|')})${ending}`)
const outside = new RegExp(`/(${[...refused, ...refusedOutside].join('|')})${ending}`)

const mostInflated = 64 * 1024 * 1024
const keyword = /stream\r?\n/g

/** A name may be written with escapes, /J#61vaScript: read them as a reader of PDF would. */
const plainNames = (text: string) =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Streams that hold objects; their names are read too. */
function objectsOf(dictionary: string, body: Buffer): string {
  if (!/\/ObjStm\b/.test(dictionary)) return ''
  if (!/\/Filter\b/.test(dictionary)) return body.toString('latin1')
  if (!/\/FlateDecode\b|\/Fl\b/.test(dictionary)) throw new Error('objects packed in a way no writer uses')
  return inflateSync(body, { maxOutputLength: mostInflated, finishFlush: constants.Z_SYNC_FLUSH }).toString(
    'latin1',
  )
}

/**
 * The active content a PDF names, in its open part and in its packed objects; undefined when there is none. It reads the bytes and not
 * the structure, so that nothing hides behind a structure that this reader and the citizen's understand differently.
 */
export function activeName(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1')
  const open: string[] = []
  let at = 0
  let inflated = 0
  keyword.lastIndex = 0
  for (let found = keyword.exec(text); found; found = keyword.exec(text)) {
    if (text.slice(found.index - 3, found.index) === 'end') continue
    const before = text.slice(at, found.index)
    open.push(before)
    const start = found.index + found[0].length
    const end = text.indexOf('endstream', start)
    const stop = end < 0 ? text.length : end
    const dictionary = plainNames(before.slice(before.lastIndexOf(' obj') + 1))
    const objects = objectsOf(dictionary, bytes.subarray(start, stop))
    inflated += objects.length
    if (inflated > mostInflated) throw new Error('packed objects grow without end')
    open.push(objects)
    at = stop
    keyword.lastIndex = stop
  }
  open.push(text.slice(at))
  const named = outside.exec(plainNames(open.join('\n'))) ?? anywhere.exec(plainNames(text))
  return named?.[1]
}
