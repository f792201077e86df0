/**
 * Statements that write the offices of bulk requests and of whoever applied where they stand a second time (migration 0066): rows that come in
 * as a replica's set off no trigger. `town` is SQL.
 */
export const officesOf = (town: string): string[] => [
  `update request r set offices = o.codes
     from (select request_id, array_agg(office_code order by office_code collate "C") as codes from request_office
            where municipality_id = ${town} group by 1) o
    where r.municipality_id = ${town} and r.request_id = o.request_id and r.offices <> o.codes`,
  `update person p set offices = o.codes
     from (select r.applicant_id, array_agg(distinct o.office_code collate "C" order by o.office_code collate "C") as codes
             from request r join request_office o on o.municipality_id = r.municipality_id and o.request_id = r.request_id
            where r.municipality_id = ${town} group by 1) o
    where p.municipality_id = ${town} and p.person_id = o.applicant_id and p.offices <> o.codes`,
]
