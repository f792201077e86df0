-- What a partner's program names as papers, held to what the application says of them in the statement that files, without a round trip
-- before it: each document is the program's own, of a type the paper takes and within its term. Papers: list of {paper_id, document_id,
-- state, types, most_bytes, issued_from, issued_until}, issued_from null where the age does not matter. Gives them back, or refuses with
-- SB422; what is wrong the application finds and words.
create function held_papers(p_town uuid, p_papers jsonb, p_kind text, p_id text) returns jsonb
  language plpgsql as $$
begin
  perform set_config('app.municipality', p_town::text, true);
  if exists (
    select 1 from jsonb_to_recordset(p_papers) as p(document_id uuid, types text[], most_bytes bigint, issued_from date, issued_until date)
      left join document d on d.municipality_id = p_town and d.document_id = p.document_id
     where d.document_id is null or d.added_by_kind <> p_kind or d.added_by <> p_id or not (d.type = any(p.types))
        or d.size not between 1 and p.most_bytes or d.issued_on > p.issued_until
        or (p.issued_from is not null and (d.issued_on is null or d.issued_on < p.issued_from)))
  then
    raise exception 'papers are not as named' using errcode = 'SB422';
  end if;
  return p_papers;
end $$;
grant execute on function held_papers to shubbak_app;
