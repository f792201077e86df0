import type pg from 'pg'
import { appRole, workerRole } from '../database/roles.ts'

/** Of two jobs that are due the one with the smaller number is done first; whoever says nothing has 0. */
const lastPriority = 10

/**
 * The queue's own tables, then the door through which the application plans a job inside its transaction, and the
 * rights of the background work. Its tables carry row-level security without a policy: without the policies below a
 * worker that does not own them runs and finds nothing to do, in silence.
 */
export async function installJobs(ownerUrl: string, client: pg.Client): Promise<void> {
  const [{ runMigrations }, { quietLogger }] = await Promise.all([
    import('graphile-worker'),
    import('./logger.ts'),
  ])
  await runMigrations({ connectionString: ownerUrl, logger: quietLogger })
  await client.query(`
    create or replace function public.plan_job(
      task text, payload json, run_at timestamptz, job_key text, queue text, max_attempts int)
    returns void language sql security definer set search_path = pg_catalog, pg_temp as $body$
      select graphile_worker.add_job(task, payload, queue, run_at, max_attempts, job_key)
    $body$;
    create or replace function public.plan_last_job(
      task text, payload json, run_at timestamptz, job_key text, queue text, max_attempts int)
    returns void language sql security definer set search_path = pg_catalog, pg_temp as $body$
      select graphile_worker.add_job(task, payload, queue, run_at, max_attempts, job_key, ${lastPriority})
    $body$;
    create or replace function public.undone_jobs(most int)
    returns table (id bigint, job text, planned_at timestamptz, tried_at timestamptz, next_at timestamptz, tries int, reason text)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $body$
      select j.id, t.identifier, j.created_at, j.updated_at,
             case when j.attempts < j.max_attempts then greatest(j.run_at, j.updated_at) end, j.attempts::int, j.last_error
        from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where j.last_error is not null and j.payload->>'town' = current_setting('app.municipality', true)
       order by j.attempts < j.max_attempts, j.updated_at desc limit most
    $body$;
    create or replace function public.job_again(job bigint, at timestamptz) returns boolean
    language sql security definer set search_path = pg_catalog, pg_temp as $body$
      select exists (select from graphile_worker.reschedule_jobs(
        array(select j.id from graphile_worker._private_jobs j where j.id = job and j.last_error is not null
                and j.payload->>'town' = current_setting('app.municipality', true)), at, null::int, 0, null::int))
    $body$;
    revoke all on function public.plan_job, public.plan_last_job, public.undone_jobs, public.job_again from public;
    grant execute on function public.plan_job, public.plan_last_job, public.undone_jobs, public.job_again to ${appRole};
    grant usage on schema graphile_worker to ${workerRole};
    grant all on all tables in schema graphile_worker to ${workerRole};
    grant all on all sequences in schema graphile_worker to ${workerRole};
    grant execute on all functions in schema graphile_worker to ${workerRole};
    do $do$
    declare t record;
    begin
      for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname = 'graphile_worker' and c.relkind in ('r', 'p') and c.relrowsecurity
                 and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'background_work')
      loop
        execute format('create policy background_work on graphile_worker.%I to ${workerRole} using (true) with check (true)', t.relname);
      end loop;
    end $do$;`)
}
