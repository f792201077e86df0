-- A copy of everything kept about somebody goes by their id and their requests; these tables were asked by neither.
create index visit_act_person on visit_act (municipality_id, person_id) where person_id is not null;
create index incoming_message_request on incoming_message (municipality_id, request_id) where request_id is not null;
create index import_question_person on import_question (municipality_id, person_id) where person_id is not null;
