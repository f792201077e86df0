import {
  addSource,
  checkRun,
  confirmRun,
  getRun,
  prepareRun,
  startRun,
} from '../../src/offices/imports/index.ts'
import type { Life } from './life.ts'
import type { PeopledTown } from './peopled.ts'

/** Sources of what the town's present programs bring, and their files. */
export type ImportLife = {
  source: string
  /** A source that is asked for its rows and brings no file. */
  linked: string
  /** A checked file, with what somebody must decide. */
  run: string
  /** A file that nobody has yet said how to read. */
  unread: string
}

const heading = 'رقم الاشتراك,اسم المشترك,رقم الهوية,الجوال,رقم العداد,الرصيد'

/** A file that was checked and asks what it cannot know, one that was only sent, and a program that is asked. */
export async function importsOf(town: PeopledTown, { person }: Life): Promise<ImportLife> {
  const { house, write, staff } = town
  const by = { kind: 'staff', id: staff.treasurer.id } as const
  const add = (code: string, name: string, kind: 'file' | 'postgresql') =>
    write(tx => addSource(tx, { code, name, kind }, by))
  const source = await add('billing', 'برنامج فوترة الكهرباء', 'file')
  const later = await add('water', 'دفتر المياه', 'file')
  const linked = await add('meters', 'قراءات العدادات', 'postgresql')

  async function send(sourceId: string, lines: string[], isRead: boolean): Promise<string> {
    const stored = await house.files.put(town.town.id, Buffer.from([heading, ...lines].join('\r\n')))
    const of = { sourceId, asOf: town.db.clock.now(), fileName: 'مشتركون.csv', ...stored }
    const prepared = await prepareRun(house, town.town.id, of)
    return write(async tx => {
      const id = await startRun(tx, prepared, by)
      if (isRead) await confirmRun(tx, await getRun(tx, id), prepared.reading, by)
      return id
    })
  }

  const known = `8,رنا حمدان,${person.idNumber},0599000222,M-2002,20`
  const lines = ['7,سامي محمد قطب,,0599000111,M-2001,10.50', known, '9,12345,,,M-2003,1']
  const run = await send(source, lines, true)
  await checkRun(house, town.town.id, run)
  return { source, linked, run, unread: await send(later, lines, false) }
}
