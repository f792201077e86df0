/**
 * Statements that write the rows of a part of what `bulk.person` and `bulk.request` name (plan.ts), each into one table, those that take longest
 * first. `bulk.town`, `bulk.template` (the request every other is like) and `bulk.partner` are settings of the connection.
 */

const town = `current_setting('bulk.town')::uuid`
const like = `(select * from request where request_id = current_setting('bulk.template')::uuid)`
const partners = `current_setting('bulk.partner') <> '' and q.i % 50 = 0`
const steps = `(values (1, 'desk-review', 'service-centre', 'clerk'), (2, 'dues-check', 'finance', 'officer'),
  (3, 'signature', 'mayor-office', 'mayor'), (4, 'handover', 'service-centre', 'clerk')) s(n, step, office, role)`
const acts = `(values (1, 'file', 'citizen'), (2, 'pay', 'system'), (3, 'approve', 'staff'), (4, 'approve', 'staff'), (5, 'sign', 'staff'),
  (6, 'hand-over', 'staff')) a(seq, name, kind)`

/** `whole`: every act, message and receipt there would be; otherwise some of each, and of what is done not what was read when it was filed. */
export const rowsOf = (whole: boolean): string[] => {
  const paid = whole ? 'true' : 'i % 4 = 0'
  return [
    `insert into person (municipality_id, person_id, kind, first_name, father_name, grandfather_name, family_name, display_name, sort_name,
      mother_name, birth_date, sex, id_kind, id_index, address, registered_at, source, offices)
   select ${town}, id, 'natural', first, father, grandfather, family, concat_ws(' ', first, father, grandfather, family),
          concat_ws(' ', first, father, grandfather, family), 'سعاد', date '1960-01-01' + i % 18000, 'male', 'palestinian-id',
          sha256(i::text::bytea), '{"quarter": "حي السوق"}', now() - interval '3 years', 'import:bulk', offices from bulk.person`,
    `insert into person_token (municipality_id, token, person_id, sort_name)
   select distinct ${town}, token, id, concat_ws(' ', first, father, grandfather, family) from bulk.person
    cross join lateral unnest(string_to_array(concat_ws(' ', first, father, grandfather, family), ' ')) token`,
    `insert into person_phone (municipality_id, person_id, phone_index, phone_sealed, is_primary, is_shared, added_at)
   select ${town}, id, sha256(id::text::bytea), sha256(id::text::bytea), true, false, now() - interval '3 years' from bulk.person`,
    `insert into file (municipality_id, sha256, size, type, stored_at)
   select ${town}, sha256(('file' || i)::bytea), 1000, 'application/pdf', now() from bulk.person`,
    `insert into document (municipality_id, document_id, sha256, file_name, type, size, pages, kind, title, owner_id, source, added_by_kind,
      added_by, added_at)
   select ${town}, id, sha256(('file' || i)::bytea), 'id.pdf', 'application/pdf', 1000, 1, 'identity-card', 'id', id, 'upload', 'citizen',
          id::text, now() - interval '3 years' from bulk.person`,
    `insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity, applicant_id,
      filed_by_kind, filed_by, state, step, answers, frozen, settled_fee_points, filed_at, due_at, closed_at, last_seq, tracking_hash, offices)
   select ${town}, q.id, 1900, q.i, t.service_code, t.service_version, 'web', 'principal', q.person,
          case when ${partners} then 'partner' else 'citizen' end,
          case when ${partners} then current_setting('bulk.partner') else q.person::text end,
          case when q.open then 'in-process' else 'done' end, case when q.open then 'desk-review' end, t.answers, case when ${whole} or q.open then t.frozen else '{}' end,
          '{before-filing}', q.filed, q.filed + interval '3 days', case when not q.open then q.filed + interval '2 days' end,
          case when q.open or not ${whole} then 2 else 6 end, sha256(q.id::text::bytea), q.offices
     from bulk.request q cross join ${like} t`,
    `insert into request_action (municipality_id, request_id, seq, action_id, name, at, actor_kind, actor_id, actor_office, data)
   select ${town}, q.id, a.seq, uuidv7(q.filed - now()), a.name, q.filed + a.seq * interval '6 hours', a.kind, q.person::text,
          case when a.kind = 'staff' then 'service-centre' end, '{}'
     from bulk.request q join ${acts} on a.seq <= 2 or (${whole} and not q.open)`,
    `insert into request_party (municipality_id, request_id, person_id, capacity, added_at)
   select ${town}, id, person, 'principal', filed from bulk.request`,
    `insert into request_office (municipality_id, office_code, request_id, since, filed_at)
   select ${town}, o.code, q.id, q.filed, q.filed from bulk.request q cross join unnest(q.offices) o(code)`,
    `insert into request_paper (municipality_id, request_id, paper_id, document_id, state, at, by_kind, by_id)
   select ${town}, id, 'id-copy', person, 'supplied', filed, 'citizen', person::text from bulk.request`,
    `insert into task (municipality_id, task_id, request_id, step, purpose, office_code, role, state, opened_at, due_at, closed_at, from_kind,
      from_id, from_office)
   select ${town}, uuidv7(q.filed - now()), q.id, s.step, 'step', s.office, s.role, 'closed', q.filed + s.n * interval '6 hours',
          q.filed + interval '3 days', q.filed + s.n * interval '7 hours', 'staff', q.person::text, s.office
     from bulk.request q join ${steps} on not q.open and (${whole} or s.n = 1)`,
    `insert into task (municipality_id, task_id, request_id, step, purpose, office_code, role, state, opened_at, due_at)
   select ${town}, uuidv7(q.filed - now()), q.id, 'desk-review', 'step', q.office, q.role, 'open', q.filed, q.filed + interval '3 days'
     from bulk.request q where q.open`,
    `insert into message (municipality_id, message_id, request_id, person_id, event, channel, lane, to_index, body, encoding, parts, state,
      planned_at, not_before, sent_at)
   select ${town}, uuidv7(q.filed - now()), q.id, q.person, e.event, 'sms', 1, sha256(q.person::text::bytea),
          'استلمنا طلبك ' || q.i || '/1900: شهادة سكن.', 'UCS-2', 1, 'sent', q.filed + e.n * interval '9 hours', q.filed, q.filed
     from bulk.request q join (values (1, 'received'), (2, 'paid'), (3, 'ready')) e(n, event) on e.n = 1 or (${whole} and not q.open)`,
    `insert into audit (municipality_id, audit_id, xid, at, actor_kind, actor_id, actor_office, act, subject_kind, subject_id, person_id, request_id,
      canonical)
   select ${town}, uuidv7(q.filed - now()), pg_current_xact_id(), q.filed + a.seq * interval '6 hours', a.kind, q.person::text,
          'service-centre', 'request.' || a.name, 'request', q.id::text, q.person, q.id, convert_to(repeat('canonical ', 16), 'UTF8')
     from bulk.request q join ${acts} on a.seq = 1 or (${whole} and (a.seq = 2 or not q.open))`,
    `insert into account (municipality_id, account_id, number, kind, object_kind, object_id, opened_at, source)
   select ${town}, id, 'B' || i, 'service-fee', 'person', id, now() - interval '3 years', 'own' from bulk.person`,
    `insert into account_holder (municipality_id, account_id, person_id, capacity, valid_from)
   select ${town}, id, id, 'principal', date '2020-01-01' from bulk.person`,
    `insert into voucher (municipality_id, voucher_id, kind, at, entered_at, description, by_kind, by_id, request_id)
   select ${town}, id, 'charge', filed, filed, 'رسم طلب', 'citizen', person::text, id from bulk.request where ${paid}
   union all
   select ${town}, md5(id::text)::uuid, 'receipt', filed, filed, 'وصل', 'staff', person::text, id from bulk.request where ${paid}`,
    `insert into voucher_line (municipality_id, voucher_id, line, ledger, account_id, charge_id, currency, amount_minor)
   select ${town}, case when l.paid then md5(q.id::text)::uuid else q.id end, l.line, l.ledger,
          case when l.ledger like 'receivable%' then q.person end, case when l.ledger like 'receivable%' then q.id end, 'ILS', l.amount
     from bulk.request q cross join (values (false, 1, 'receivable:service-fee', 1000), (false, 2, 'income:service-fee', -1000),
          (true, 1, 'cash:A', 1000), (true, 2, 'receivable:service-fee', -1000)) l(paid, line, ledger, amount)
    where ${paid}`,
    `insert into charge (municipality_id, charge_id, account_id, debtor_id, request_id, fee_id, fee_point, due_kind, label_ar, label_en, currency,
      amount_minor, settled_minor, refundable, reasons, raised_at, due_on, voucher_id)
   select ${town}, id, person, person, id, 'application', 'before-filing', 'service-fee', 'رسم طلب', 'Application fee', 'ILS', 1000, 1000, false,
          '{}', filed, filed::date, id from bulk.request where ${paid}`,
    `insert into receipt (municipality_id, receipt_id, book, year, serial, payer_id, payer_name, received_at, entered_at, collector_id, tender,
      request_id, voucher_id)
   select ${town}, id, 'A', 1900, i, person, 'x', filed, filed, person, '{"tenders": [], "rates": []}', id, md5(id::text)::uuid
     from bulk.request where ${paid}`,
    `insert into receipt_line (municipality_id, receipt_id, line, charge_id, currency, amount_minor, paid_currency, paid_minor)
   select ${town}, id, 1, id, 'ILS', 1000, 'ILS', 1000 from bulk.request where ${paid}`,
  ]
}
