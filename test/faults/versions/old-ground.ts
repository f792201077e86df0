import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../../src/platform/config.ts'
import { withClient } from '../../../src/platform/database/pool.ts'
import { serverProcesses, signal } from '../../../src/platform/database/postgres/processes.ts'
import { openHouse } from '../../../src/platform/house.ts'
import { projectRoot } from '../../../src/platform/root.ts'
import { dataOf, type Ground } from '../../bench/ground.ts'
import { onEnd } from '../end.ts'
import type { Version } from './other.ts'

/** A town laid out by an old version of the program; `inHouse` works on it only once it is migrated. */
export type OldGround = Pick<
  Ground,
  'folder' | 'environment' | 'town' | 'apiKey' | 'people' | 'inHouse' | 'asOwner' | 'clear'
>

const file = 'test/faults/versions/lay.ts'

export function layWith({ folder }: Version): OldGround {
  mkdirSync(join(folder, 'test/faults/versions'), { recursive: true })
  cpSync(join(projectRoot, file), join(folder, file))
  const bundle = join(folder, 'dist', 'run', 'lay.js')
  const building = `const { bundleEntry, stopBuilding } = await import('./build.mjs'); await bundleEntry('${join(folder, file)}', '${bundle}'); await stopBuilding()`
  const node = (...words: string[]) => {
    const done = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8', timeout: 600_000 })
    if (done.status !== 0) throw new Error(`the old version could not lay out a town: ${done.stderr}`)
    return done.stdout
  }
  node('--input-type=module', '-e', building)
  const line = node(bundle).trim().split('\n').at(-1) ?? ''
  const laid = JSON.parse(line) as Pick<OldGround, 'folder' | 'environment' | 'town' | 'apiKey' | 'people'>
  const config = readConfig({ ...laid.environment, LOG_LEVEL: 'silent' })
  const inHouse: OldGround['inHouse'] = async work => {
    const house = await openHouse(config, { prepare: false })
    try {
      return await work(house)
    } finally {
      await house.close()
    }
  }
  return {
    ...laid,
    inHouse,
    asOwner: work => inHouse(house => withClient(house.server.ownerUrl, work)),
    clear: onEnd(() => {
      for (const pid of serverProcesses(dataOf(laid.environment.DATA_DIR))) signal(pid, 'SIGKILL')
      rmSync(laid.folder, { recursive: true, force: true })
    }),
  }
}
