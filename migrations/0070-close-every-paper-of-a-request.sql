-- A request closed to somebody by name closes whatever file hangs on it to them: not its papers alone, but what was signed and issued in it,
-- what came back from the pen, and what was sent with a letter, also where it was themselves who added the file.
create or replace function closes_document(p_document uuid, p_closed uuid[]) returns boolean
  language sql stable parallel safe security definer
  begin atomic
    select p_closed <> '{}' and (
      exists (select from request_paper d
        where d.municipality_id = current_town() and d.document_id = p_document and d.request_id = any (p_closed))
      or exists (select from certificate d
        where d.municipality_id = current_town() and d.document_id = p_document and d.request_id = any (p_closed))
      or exists (select from hand_signing d
        where d.municipality_id = current_town() and d.scan_document_id = p_document and d.request_id = any (p_closed))
      or exists (select from letter d
        where d.municipality_id = current_town() and d.document_id = p_document and d.request_id = any (p_closed)));
  end;
