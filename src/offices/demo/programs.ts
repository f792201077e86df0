import type { Database } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import {
  addSource,
  applyRun,
  asOfDay,
  checkRun,
  confirmRun,
  getRun,
  moveRun,
  prepareRun,
  startRun,
} from '../imports/index.ts'
import type { Person, Stage } from './stage.ts'
import { at } from './stage.ts'

const day = 86_400_000
const head = 'رقم الاشتراك;اسم المشترك;رقم الهوية;الجوال;رقم العداد;رصيد المياه;رصيد النفايات'

/**
 * What the town still keeps in its old program: water and waste of some households. One file was applied some weeks ago; a newer one is
 * checked and waits for its decisions.
 */
export async function bringPrograms(stage: Stage, until: Date): Promise<void> {
  const by = { kind: 'staff', id: stage.staff.find(each => each.role === 'treasurer')?.id ?? '' } as const
  const holders = stage.people.filter(each => each.adult && each.idNumber).slice(40, 100)
  const weeksAgo = new Date(until.getTime() - 24 * day)
  const yesterday = new Date(until.getTime() - day)
  const first = backAt(stage.house, weeksAgo)
  const sourceId = await first.database.write(stage.town.id, tx =>
    addSource(tx, { code: 'water-billing', name: 'برنامج جباية المياه والنفايات', kind: 'file' }, by),
  )
  const applied = await bring(first, weeksAgo, 'مياه-تشرين.csv', lines(holders, 0))
  await first.database.write(stage.town.id, tx => moveRun(tx, applied, ['checked'], 'applying', by))
  await applyRun(first, stage.town.id, applied, by)
  await bring(backAt(stage.house, yesterday), yesterday, 'مياه-تشرين-2.csv', lines(holders, 7))

  async function bring(house: House, when: Date, fileName: string, text: string): Promise<string> {
    const stored = await house.files.put(stage.town.id, Buffer.from(text))
    const asOf = asOfDay(when.toISOString().slice(0, 10))
    const prepared = await prepareRun(house, stage.town.id, { sourceId, asOf, fileName, ...stored })
    const runId = await house.database.write(stage.town.id, async tx => {
      const id = await startRun(tx, prepared, by)
      if (!prepared.reading.confirmed)
        await confirmRun(
          tx,
          await getRun(tx, id),
          { ...prepared.reading, utility: 'water', dueKind: 'water' },
          by,
        )
      return id
    })
    await checkRun(house, stage.town.id, runId)
    return runId
  }
}

/** The house as it was at an instant: whatever it records happened then. */
export function backAt(house: House, when: Date): House {
  const { database } = house
  const back: Database = {
    ...database,
    write: (town, work) => database.write(town, tx => work(at(tx, when))),
  }
  return { ...house, database: back, clock: { now: () => when } }
}

/** The file, plausible and a little messy; with `since` some of it has changed. */
function lines(holders: readonly Person[], since: number): string {
  const rows = holders.map((person, place) => {
    const { first, father, grandfather, family } = person.name
    const owed = place % 4 === 0 ? '0' : `${(place * 37) % 400}.${place % 10}0`
    const changed = since > 0 && place % since === 3 ? `${90 + place}.00` : owed
    const name =
      place % 9 === 5
        ? `${first.replace(/[أإ]/g, 'ا')} ${father} ${family}`
        : [first, father, grandfather, family].join(' ')
    return [
      `W-${1200 + place}`,
      name,
      place % 11 === 7 ? '' : person.idNumber,
      place % 5 === 0 ? '' : (person.phone ?? ''),
      `A${77_100 + place}`,
      place % 13 === 12 ? `-${owed}` : changed,
      place % 3 === 0 ? '60' : '',
    ].join(';')
  })
  const messy =
    since === 0
      ? []
      : [
          `W-1300;${holders[3]?.name.first} الأحمد;${holders[9]?.idNumber};;A77300;15;`,
          `W-1301;${holders[4]?.name.first} ${holders[4]?.name.family};;${holders[4]?.phone ?? ''};A77301;20;`,
          'W-1302;00012;;;A77302;5;',
          'W-1303;مسجد النور;;;A77303;لم يُقرأ;',
        ]
  return [head, ...rows, ...messy, ';المجموع;;;;8400;', ''].join('\r\n')
}
