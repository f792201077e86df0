import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import { appRole, workerRole } from '../database/roles.ts'
import { quietLogger } from './logger.ts'

/**
 * The queue's own tables, then the door through which the application plans a job inside its transaction, and the
 * rights of the background work. Its tables carry row-level security without a policy: without the policies below a
 * worker that does not own them runs and finds nothing to do, in silence.
 */
export async function installJobs(ownerUrl: string, client: pg.Client): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: quietLogger })
  await client.query(`
    create or replace function public.plan_job(
      task text, payload json, run_at timestamptz, job_key text, queue text, max_attempts int)
    returns void language sql security definer set search_path = pg_catalog, pg_temp as $body$
      select graphile_worker.add_job(task, payload, queue, run_at, max_attempts, job_key)
    $body$;
    revoke all on function public.plan_job from public;
    grant execute on function public.plan_job to ${appRole};
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
