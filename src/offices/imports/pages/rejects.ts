import { csvLine, csvMark } from '../../../lib/csv.ts'
import { type Call, idParam, read } from '../../../web/call.ts'
import { throughTwo } from '../../looks/index.ts'
import type { Run, Verdict } from '../model.ts'
import { rowReasons, rowsOf } from '../rows.ts'
import { getRun } from '../runs.ts'
import { sourceKeys } from '../sealed.ts'
import { importsText } from '../strings.ts'
import { contentLine, nameOf, reasonWord, whoWord } from './words.ts'

const pageRows = 500
const left: readonly Verdict[] = ['refused', 'undecided']

/** GET: the rows that do not fit, with why and who decides, and their cells as they came: to be corrected in the present program. */
export async function showRejects(call: Call): Promise<Response> {
  const id = idParam(call, 'run')
  const run = await read(call, tx => getRun(tx, id))
  const name = `rows-${run.asOf.toISOString().slice(0, 10)}.csv`
  const title = (locale: 'ar' | 'en') => `${importsText(locale, 'rejects-file')} ${name}`
  const file = { kind: 'imports', title: { ar: title('ar'), en: title('en') } }
  return throughTwo(
    call,
    file,
    () =>
      new Response(ReadableStream.from(lines(call, run)), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'no-store',
        },
      }),
  )
}

async function* lines(call: Call, run: Run): AsyncIterable<Uint8Array> {
  const { locale } = call
  const keys = sourceKeys(call.house.crypto, call.town.id, run.sourceId)
  const word = (key: Parameters<typeof importsText>[1]) => importsText(locale, key)
  // The mark lets Excel see that it is UTF-8.
  yield Buffer.from(csvMark + csvLine([word('row-no'), word('reason'), word('who'), word('row-what')]))
  for (const verdict of left) {
    const reasons = await read(call, tx => rowReasons(tx, run.id, verdict))
    for (const reason of reasons) {
      let after = 0
      for (;;) {
        const from = after
        const rows = await read(call, tx =>
          rowsOf(tx, keys, run.id, { verdict, reason, after: from, limit: pageRows }),
        )
        if (rows.length === 0) break
        after = rows.at(-1)?.rowNo ?? after
        yield Buffer.from(
          rows
            .map(({ rowNo, content: { content, cells } }) => {
              const said = cells ?? (content ? [nameOf(content), contentLine(content, locale)] : [])
              const line = [String(rowNo), reasonWord(locale, reason), whoWord(locale, reason), ...said]
              return csvLine(line)
            })
            .join(''),
        )
      }
    }
  }
}
