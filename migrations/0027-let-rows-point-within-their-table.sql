-- Rows that point to rows of their own table may be written in any order when all of them come together, as those of a backup do: their
-- keys can then be checked at the end. Everywhere else they are checked at once, as before.
alter table person
  alter constraint person_merged_into deferrable initially immediate,
  alter constraint person_survivor deferrable initially immediate;
alter table signing_authority
  alter constraint signing_authority_municipality_id_deputy_for_fkey deferrable initially immediate;
