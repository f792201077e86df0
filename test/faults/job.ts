import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { addresses } from '../../src/lib/addresses.ts'
import type { Ground } from '../bench/ground.ts'
import { aStaffMember } from '../builders/people.ts'
import type { Script } from './results.ts'
import { onStage, until } from './stage.ts'

/** How much more memory the worker may have after all its failures: what is failed and forgotten leaves nothing. */
const mostGrowthMb = 80

/** `npm run faults -- job [--tries 8]`: one kind of job always fails while people file; the others go on, and it waits in the list until it is mended. */
export const jobScript: Script = {
  says: 'pictures of documents can never be written: one kind of job always fails, then it is mended',
  async play(setting) {
    const tries = setting.number('tries', 8, 3)
    return onStage({ program: await setting.program(), prepare: breakPictures }, async stage => {
      const { ground, server, worker, clients } = stage
      const wrong: string[] = []
      const memory = () =>
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${worker.child.pid}/status`, 'utf8'))?.[1] ?? 0) /
        1024
      await until('the first failures', async () => (await failures(ground)).failed > 3)
      const memoryBefore = memory()
      const waits: number[] = []
      for (let turn = 0; turn < tries; turn++) {
        const { most, wait } = await failures(ground)
        waits.push(wait)
        await ground.asOwner(client =>
          client.query(
            'update graphile_worker._private_jobs set run_at = now() where last_error is not null and locked_at is null',
          ),
        )
        await until('another try', async () => (await failures(ground)).most > most)
      }
      const grown = memory() - memoryBefore
      if (grown > mostGrowthMb) wrong.push(`the worker grew by ${Math.round(grown)} MB`)
      if (waits.some((wait, at) => at > 0 && wait < (waits[at - 1] ?? 0)))
        wrong.push(`tries did not grow apart: ${waits.join(', ')} s`)

      await ground.asOwner(client =>
        client.query(
          'update graphile_worker._private_jobs set attempts = max_attempts where last_error is not null and locked_at is null',
        ),
      )
      const cookie = await ground.inHouse(async house => {
        const admin = await aStaffMember({ house, town: ground.town.id }, 'admin', 'service-centre')
        return ground.logIn({ staffId: admin.id })
      })
      const list = async () => {
        const answer = await fetch(`http://127.0.0.1:${server.port}${addresses.manageUndone.pattern}`, {
          headers: { cookie },
        })
        return await answer.text()
      }
      const listed = await list()
      if (!listed.includes('no picture is written today'))
        wrong.push('the administrator is not told the reason')
      await ground.asOwner(client => client.query('drop trigger broken on document'))
      await until(
        'all is done again',
        async () => {
          const page = await list()
          for (const [, job = '', key = ''] of formsOf(page))
            await fetch(`http://127.0.0.1:${server.port}${addresses.manageUndone.pattern}`, {
              method: 'POST',
              headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
              body: new URLSearchParams({ job, _key: key }),
              redirect: 'manual',
            })
          await sleep(300)
          return formsOf(page).length === 0
        },
        180_000,
      ).catch(error => wrong.push(String(error)))
      const { failed } = await failures(ground)
      const told = await stage.settle()
      return {
        ...told,
        kills: 0,
        wrong: [...wrong, ...told.wrong],
        figures: {
          'seconds until the next try': waits.map(Math.round).join(', '),
          'memory of the worker, grown by, MB': Math.round(grown),
          'failed jobs left': failed,
          acknowledged: clients.acknowledged.length,
        },
      }
    })
  },
}

const formsOf = (page: string): [string, string, string][] =>
  [
    ...page.matchAll(
      /name="_key" value="([^"]+)"[^>]*>(?:<input[^>]*>)*?<input type="hidden" name="job" value="(\d+)"/g,
    ),
  ].map(([whole, key = '', job = '']) => [whole, job, key])

const breakPictures = async (ground: Ground): Promise<void> => {
  await ground.asOwner(client =>
    client.query(`
      create function no_picture() returns trigger language plpgsql as $$
        begin raise exception 'no picture is written today'; end $$;
      create trigger broken before update on document for each row execute function no_picture()`),
  )
}

/** How many jobs failed, how often the one tried most, and how long it waits for its next try, in seconds. */
const failures = (ground: Ground) =>
  ground.asOwner(async client => {
    const { rows } = await client.query<{ failed: number; most: number; wait: number }>(
      `select count(*) as failed, coalesce(max(attempts), 0) as most,
              coalesce((select extract(epoch from run_at - updated_at)::float8 from graphile_worker._private_jobs
                         where last_error is not null order by attempts desc, run_at desc limit 1), 0) as wait
         from graphile_worker._private_jobs where last_error is not null`,
    )
    return rows[0] ?? { failed: 0, most: 0, wait: 0 }
  })
