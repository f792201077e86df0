import { settledIdents } from '../../../src/offices/imports/check/propose.ts'
import { knownRows } from '../../../src/offices/imports/check/stage.ts'
import * as importQuestions from '../../../src/offices/imports/questions.ts'
import { rowReasons, rowsOf } from '../../../src/offices/imports/rows.ts'
import * as importRuns from '../../../src/offices/imports/runs.ts'
import { sourceKeys } from '../../../src/offices/imports/sealed.ts'
import type { BigTown, Lists } from './town.ts'

const firstRows = { after: 0, limit: 51 }

/** Lists of what comes from present programs. */
export function importsLists({ house, bench, imported }: BigTown): Lists {
  const keys = sourceKeys(house.crypto, bench.town.id, imported.source)
  return {
    'sources of present programs': async tx => {
      await importRuns.newestRuns(tx)
      await importRuns.lastApplied(tx)
      await importRuns.runsOf(tx, imported.source)
    },
    'rows of an import that do not fit': tx =>
      rowsOf(tx, keys, imported.run, { ...firstRows, verdict: 'refused' }),
    'rows of an import by reason': tx =>
      rowsOf(tx, keys, imported.run, { ...firstRows, verdict: 'refused', reason: 'key-doubled' }),
    'reasons of an import': tx => rowReasons(tx, imported.run, 'refused'),
    'questions of a source': async tx => {
      await importQuestions.openCounts(tx, imported.source)
      await importQuestions.decisionsOn(tx, imported.source, 'person', [Buffer.alloc(32)])
    },
    'what an import knows of some keys': async tx => {
      await knownRows(tx, keys, imported.source, new Map([['00'.repeat(32), Buffer.alloc(16)]]))
      await settledIdents(tx, imported.source, [Buffer.alloc(32)])
    },
  }
}
