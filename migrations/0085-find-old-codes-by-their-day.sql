-- What is old of the codes of a day goes with each that comes: it is found by an index, not by reading all of them.
create index tracking_code_at on tracking_code (municipality_id, created_at);

-- A day that changes on the row of a request's office changes no office.
drop trigger office_goes on request_office;
create trigger office_goes after delete or update of municipality_id, office_code, request_id on request_office
  for each row execute function office_goes();

-- Where somebody went on reading lists is kept without what they searched for.
update look_rows_reason set address = split_part(address, '?', 1) where address like '%?%';
