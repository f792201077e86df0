-- Functions that ask as the house said so in their definition (`alter function … set app.reach`), which since PostgreSQL 15 only a superuser
-- writes, or whom one lets. They say so when they run instead, and take it back: any owner of the database may keep them.

-- Has a function ask as the house: it goes on as NAME_within, and NAME becomes what sets the reach, asks it and gives the reach back. Where it
-- fails, the reach goes back with the transaction or savepoint. Whoever changes such a function later replaces NAME_within.
create procedure as_house(target regprocedure)
  language plpgsql as $$
declare
  f pg_proc;
  inner_name text;
  arguments text := pg_get_function_arguments(target);
  result text := pg_get_function_result(target);
  asked text;
  holder record;
begin
  select * into f from pg_proc where oid = target;
  inner_name := f.proname || '_within';
  -- Where the definition says it already, it was written by somebody who may take it away.
  if array_to_string(f.proconfig, ',') like '%app.reach=%' then
    execute format('alter function %s reset app.reach', target);
  end if;
  execute format('alter function %s rename to %I', target, inner_name);
  asked := format('public.%I(%s)', inner_name, (select string_agg('$' || n, ', ' order by n) from generate_series(1, f.pronargs) n));
  execute format(
    case when f.proretset then $body$
      create function public.%1$I(%2$s) returns %3$s language plpgsql %5$s as $code$
      declare before text := current_setting('app.reach', true);
      begin
        perform set_config('app.reach', 'house', true);
        return query select * from %4$s;
        perform set_config('app.reach', coalesce(before, ''), true);
      end $code$ $body$
    else $body$
      create function public.%1$I(%2$s) returns %3$s language plpgsql %5$s as $code$
      declare
        before text := current_setting('app.reach', true);
        answer %3$s;
      begin
        perform set_config('app.reach', 'house', true);
        answer := %4$s;
        perform set_config('app.reach', coalesce(before, ''), true);
        return answer;
      end $code$ $body$ end,
    f.proname, arguments, result, asked, case f.provolatile when 'v' then 'volatile' else 'stable' end);
  -- As far as it was let to anybody but everybody.
  if f.proacl is not null and not exists (select from aclexplode(f.proacl) a where a.grantee = 0 and a.privilege_type = 'EXECUTE') then
    execute format('revoke all on function public.%I(%s) from public', f.proname, pg_get_function_identity_arguments(target));
    for holder in select a.grantee::regrole::text as name from aclexplode(f.proacl) a where a.privilege_type = 'EXECUTE' and a.grantee <> f.proowner loop
      execute format('grant execute on function public.%I(%s) to %s', f.proname, pg_get_function_identity_arguments(target), holder.name);
    end loop;
  end if;
  execute format('comment on function public.%I(%s) is %L', f.proname, pg_get_function_identity_arguments(target),
                 format('asks %s as the house (as_house, migration 0068)', inner_name));
end $$;

do $$
declare
  name text;
begin
  foreach name in array '{visitor_of,deputised_by,held_papers,file_request,reach_of,citizen_standing,messages_waiting}'::text[] loop
    call as_house(name::regproc::regprocedure);
  end loop;
end $$;
