import { setTimeout as sleep } from 'node:timers/promises'
import { addresses } from '../../src/lib/addresses.ts'
import type { Ground } from '../bench/ground.ts'
import { countStatuses, startProbes } from './probes.ts'
import type { Script } from './results.ts'
import { layShim, type Shim, shimLacks } from './shim/shim.ts'
import { onStage, until } from './stage.ts'

/** Hours by which the wall clock is wrong, one after the other: it jumps ahead, back, further back, and is right again. */
const shifts = { whole: [1, 0, -1, 0], quick: [1, -1, 0] }

/** `npm run faults -- clock [--seconds 20]`: the clock of program and PostgreSQL jumps by an hour, ahead and back, while people file. */
export const clockScript: Script = {
  says: 'the wall clock of program and PostgreSQL jumps an hour ahead, back, an hour behind, and back',
  lacks: shimLacks,
  async play(setting) {
    const ms = setting.number('seconds', 75, 12) * 1000
    let shim: Shim | undefined
    const environment: Record<string, string> = {}
    return onStage(
      {
        program: await setting.program(),
        environment,
        async prepare(ground) {
          await noteJobs(ground)
          await publishYesterday(ground)
          shim = layShim(ground)
          Object.assign(environment, shim.environment)
        },
      },
      async stage => {
        const { ground, server, clients } = stage
        const wrong: string[] = []
        const figures: Record<string, number | string> = {}
        const [person] = ground.people
        const cookie = await ground.logIn({ personId: person?.personId ?? '' })
        await until('the first filings', () => clients.acknowledged.length > 5)
        for (const hours of setting.quick ? shifts.quick : shifts.whole) {
          shim?.shift(hours)
          const began = performance.now()
          const sealed = await sealedSize(ground)
          const before = { filed: clients.acknowledged.length, jobs: await countJobs(ground) }
          const lookers = startProbes(server.port, [addresses.services.pattern, addresses.my.pattern], {
            everyMs: 200,
            headers: { cookie },
          })
          await sleep(ms)
          // The calendar goes by the clock: what it has done each minute, it does at this hour too.
          await until(
            `at ${hours} h sealing goes on`,
            async () => (await sealedSize(ground)) > sealed,
            150_000,
          ).catch(error => wrong.push(String(error)))
          await lookers.stop()
          // A log-in that ended by the clock is sent to log in again; anything else is a fault.
          const others = lookers.seen.filter(({ status }) => status !== 200 && status !== 303)
          if (others.length > 0) wrong.push(`at ${hours} h: ${countStatuses(others)}`)
          const after = { filed: clients.acknowledged.length, jobs: await countJobs(ground) }
          if (after.filed === before.filed) wrong.push(`at ${hours} h nothing was acknowledged`)
          const calendar = after.jobs.calendar - before.jobs.calendar
          // So many an hour the calendar may plan at most, were it to make up for all of it at once.
          if (calendar > mostOfCalendar(performance.now() - began))
            wrong.push(`at ${hours} h the calendar planned ${calendar} jobs`)
          figures[`at ${hours > 0 ? '+' : ''}${hours} h`] =
            `${after.filed - before.filed} acknowledged, ${calendar} jobs by the calendar, ${after.jobs.failed} failed`
        }
        const told = await stage.settle()
        return { ...told, kills: 0, wrong: [...wrong, ...told.wrong], figures }
      },
    )
  },
}

const mostOfCalendar = (ms: number) => 40 + 12 * Math.ceil(ms / 60_000)

/** What the town offers has been offered for longer than the clock is wrong. */
const publishYesterday = (ground: Ground) =>
  ground.asOwner(client =>
    client.query("update service_version set published_at = published_at - interval '1 day'"),
  )

/** From now on what is planned is counted, also what is done and gone by the time somebody looks. */
const noteJobs = (ground: Ground) =>
  ground.asOwner(client =>
    client.query(`
      create table public.planned_job (task text not null);
      create function note_job() returns trigger language plpgsql security definer as $$
        begin
          insert into public.planned_job select identifier from graphile_worker._private_tasks where id = new.task_id;
          return new;
        end $$;
      create trigger note_job after insert on graphile_worker._private_jobs for each row execute function note_job()`),
  )

const countJobs = (ground: Ground) =>
  ground.asOwner(async client => {
    const { rows } = await client.query<{ calendar: number; failed: number }>(
      `select (select count(*) from planned_job where task like 'cron:%') as calendar,
              (select count(*) from graphile_worker._private_jobs where last_error is not null) as failed`,
    )
    return rows[0] ?? { calendar: 0, failed: 0 }
  })

const sealedSize = (ground: Ground) =>
  ground.asOwner(async client => {
    const { rows } = await client.query<{ size: number }>(
      'select coalesce(max(size), 0) as size from seal_checkpoint',
    )
    return rows[0]?.size ?? 0
  })
