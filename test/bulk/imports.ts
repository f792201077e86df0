import type pg from 'pg'

/** What a filled town has of a present program. */
export type FilledImport = { source: string; run: string }

/** Fills a town with one read of a present program, as its owner: rows of every verdict, what they were written as, and some questions. */
export async function fillImport(
  client: pg.Client,
  { town, rows }: { town: string; rows: number },
): Promise<FilledImport> {
  const filled = {
    source: '0198a000-0000-7000-8000-00000000f001',
    run: '0198a000-0000-7000-8000-00000000f002',
  }
  const { source, run } = filled
  await client.query('set session_replication_role = replica')
  await client.query(`
    insert into import_source (municipality_id, source_id, code, name, kind, reading, daily, added_at, changed_at)
    values ('${town}', '${source}', 'bulk', 'bulk', 'file', '{}', false, now(), now())`)
  await client.query(`
    insert into import_run (municipality_id, run_id, source_id, as_of, started_at, started_by_kind, started_by, file_name, sha256, reading, state)
    values ('${town}', '${run}', '${source}', now(), now(), 'system', 'bulk', 'bulk.csv', '\\x00', '{}', 'checked')`)
  await client.query(`
    insert into import_row (municipality_id, run_id, row_no, verdict, reason, key_index, ident)
    select '${town}', '${run}', i,
           case when i % 20 = 0 then 'refused' when i % 50 = 1 then 'undecided' when i % 3 = 0 then 'same' else 'new' end,
           case when i % 20 = 0 then (array['key-doubled', 'amount-unreadable', 'name-missing'])[1 + i % 3] else '' end,
           decode(lpad(to_hex(i), 64, '0'), 'hex'), decode(lpad(to_hex(i / 2), 64, '0'), 'hex')
      from generate_series(1, ${rows}) i`)
  await client.query(`
    insert into import_record (municipality_id, source_id, key_index, fingerprint, content_sealed, balances, run_id, written_at)
    select '${town}', '${source}', decode(lpad(to_hex(i), 64, '0'), 'hex'), '\\x00', '\\x00', '[]', '${run}', now()
      from generate_series(1, ${rows}) i`)
  await client.query(`
    insert into import_person (municipality_id, source_id, ident, person_id, how, at)
    select '${town}', '${source}', decode(lpad(to_hex(i), 64, '0'), 'hex'), uuidv7(), 'new', now() from generate_series(1, ${rows}) i`)
  await client.query(`
    insert into import_question (municipality_id, question_id, source_id, kind, subject, reason, candidates, told_sealed, run_id, asked_at,
                                 choice, decided_at)
    select '${town}', uuidv7(), '${source}', 'person', decode(lpad(to_hex(i), 64, '0'), 'hex'), 'same-phone', '[]', '\\x00', '${run}', now(),
           case when i > 400 then 'new' end, case when i > 400 then now() end
      from generate_series(1, ${rows}) i`)
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze import_row, import_record, import_person, import_question')
  return filled
}
