-- A list of one way of ending, such as the rejected: few among many.
create index request_ended on request (municipality_id, state, filed_at desc, request_id desc) where closed_at is not null;

-- The open ones are few, and lists of them are in the order of filing; without the state in it an act leaves this index alone.
drop index request_open;
create index request_open on request (municipality_id, filed_at desc, request_id desc) where closed_at is null;
