-- How far the rows of looks, devices and mandates are reached (migration 0047).
call reach('look', 'looks', by_person => 'person_id', by_rule => 'actor_id = (select reach_writer())');
call reach('look_grant', 'looks', by_person => 'person_id', by_rule => 'staff_id = (select reach_staff())');
call reach('look_question', 'looks', by_person => 'person_id');
call reach('look_question_word', 'looks', by_parent => 'look_question');
call reach_by_person('citizen_device');
call reach_by_person('log_in_code');
call reach_by_person('identity_check');
-- Shown to both; whoever acts in another's place sees the mandate they act by.
call reach('mandate', 'people', by_person => 'principal_id',
  by_rule => $$ agent_id = any ((select reach_own())::uuid[]) or principal_id = any ((select reach_principals())::uuid[]) $$);

alter function citizen_standing set app.reach = 'house';
