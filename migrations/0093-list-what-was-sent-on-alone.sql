-- serves: 0085
-- requests: whoever passes a step leaves a task that comes from them; what they sent on to others for an opinion is a hundredth of those, and was
-- looked for among all of three months at each inbox. task_forwarded goes when no program from before is served any more.
create index task_sent on task (municipality_id, from_id, opened_at desc)
  where from_id is not null and purpose <> 'step' and purpose <> 'branch';
