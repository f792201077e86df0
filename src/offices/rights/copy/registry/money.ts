import { entry, own, within } from './model.ts'

const byCharge = [within('charge', 'charge_id')]
const byReceipt = [within('receipt', 'receipt_id')]
const byPlan = [within('instalment_plan', 'plan_id')]
const byIntent = [within('payment_intent', 'intent_id')]

/** What they owed, paid, were let off and got back. */
export const money = [
  entry('account_holder', {
    section: 'money',
    mine: [own()],
    at: 'valid_from',
    tell: 'capacity:code valid_until account_id:raw person_id:raw',
  }),
  entry('account', {
    section: 'money',
    mine: [within('account_holder', 'account_id')],
    at: 'opened_at',
    tell: 'number kind:code as_of closed_at source:code object_kind:raw object_id:raw account_id:raw',
  }),
  entry('charge', {
    section: 'money',
    mine: [own('debtor_id')],
    at: 'raised_at',
    tell: `label_ar amount_minor:money(currency) settled_minor:money(currency) due_on cancelled_at due_kind:raw label_en:raw reasons:raw refundable:raw
      fee_id:raw fee_point:raw charge_id:raw account_id:raw request_id:raw voucher_id:raw debtor_id:raw`,
    left: { derived: 'currency' },
  }),
  entry('charge_relief', {
    section: 'money',
    mine: byCharge,
    at: 'at',
    tell: `kind:code amount_minor:money(currency) by_id:by(by_kind) charge_id:raw relief_id:raw credit_id:raw exemption_id:raw transfer_id:raw
      reversed_by:raw voucher_id:raw`,
    left: { derived: 'currency by_kind' },
  }),
  entry('charge_return', {
    section: 'money',
    mine: byCharge,
    at: 'at',
    tell: `kind:code amount_minor:money(currency) by_id:by(by_kind) charge_id:raw return_id:raw credit_id:raw payment_id:raw request_id:raw
      voucher_id:raw`,
    left: { derived: 'currency by_kind' },
  }),
  entry('receipt', {
    section: 'money',
    mine: [own('payer_id')],
    at: 'received_at',
    tell: `book serial year payer_name collector_id:staff hand_written printed_at entered_at entered_by:staff destroyed_at tender:raw request_id:raw
      reversed_by:raw receipt_id:raw payer_id:raw voucher_id:raw session_id:raw`,
    left: { technical: 'xid' },
  }),
  entry('receipt_line', {
    section: 'money',
    mine: byReceipt,
    tell: 'amount_minor:money(currency) paid_minor:money(paid_currency) rate line:raw charge_id:raw credit_id:raw receipt_id:raw',
    left: { derived: 'currency paid_currency' },
  }),
  entry('cheque', {
    section: 'money',
    mine: byReceipt,
    at: 'due_on',
    tell: 'number bank branch amount_minor:money(currency) state:code settled_at settled_by:staff reason cheque_id:raw receipt_id:raw',
    // Whoever drew it need not be whoever handed it over.
    left: { others: 'drawer', derived: 'currency' },
  }),
  entry('cheque_return', {
    section: 'money',
    mine: [within('cheque', 'cheque_id')],
    tell: 'amount_minor:raw line:raw cheque_id:raw charge_id:raw credit_id:raw voucher_id:raw',
  }),
  entry('reversal_proposal', {
    section: 'money',
    mine: byReceipt,
    at: 'proposed_at',
    tell: 'reason proposed_by:staff accepted decided_at decided_by:staff receipt_id:raw proposal_id:raw',
  }),
  entry('account_credit', {
    section: 'money',
    mine: [own()],
    at: 'at',
    tell: 'amount_minor:money(currency) used_minor:money(currency) account_id:raw credit_id:raw voucher_id:raw person_id:raw',
    left: { derived: 'currency' },
  }),
  entry('dues_exception', {
    section: 'money',
    mine: [own()],
    at: 'granted_at',
    tell: 'scope:code reason granted_by:staff fee_point:raw draft_id:raw request_id:raw exception_id:raw person_id:raw',
  }),
  entry('exemption', {
    section: 'money',
    mine: [own()],
    at: 'granted_at',
    tell: `reason decision percent amount_minor:money(currency) valid_from valid_until granted_by:staff ended_at ended_by:staff due_kind:raw
      account_id:raw exemption_id:raw person_id:raw`,
    left: { derived: 'currency' },
  }),
  entry('debt_transfer', {
    section: 'money',
    mine: [own('from_person'), own('to_person')],
    at: 'at',
    tell: 'from_person:person to_person:person reason proof decision by_id:staff transfer_id:raw',
  }),
  entry('instalment_plan', {
    section: 'money',
    mine: [own()],
    at: 'proposed_at',
    tell: `number year amount_minor:money(currency) grace_days note proposed_by:staff state:code decided_at decided_by:staff decided_why decision
      plan_id:raw person_id:raw`,
    left: { derived: 'currency' },
  }),
  entry('instalment', {
    section: 'money',
    mine: byPlan,
    at: 'due_on',
    tell: 'number amount_minor:raw reminded_at plan_id:raw',
  }),
  entry('plan_charge', {
    section: 'money',
    mine: byPlan,
    tell: 'amount_minor:raw charge_id:raw plan_id:raw',
  }),
  entry('payment_intent', {
    section: 'money',
    mine: [own()],
    at: 'created_at',
    tell: `amount_minor:money(currency) state:code asked_at answered_at expires_at taken_minor:money(taken_currency) bank_ref receipt_id:raw
      request_id:raw intent_id:raw person_id:raw`,
    left: { derived: 'currency taken_currency' },
  }),
  entry('payment_intent_line', {
    section: 'money',
    mine: byIntent,
    tell: 'amount_minor:raw line:raw account_id:raw charge_id:raw intent_id:raw',
  }),
  entry('payment_event', {
    section: 'money',
    mine: byIntent,
    at: 'at',
    tell: 'kind:code by_id:by(by_kind) facts:raw event_id:raw intent_id:raw',
    left: { secret: 'nonce', derived: 'by_kind' },
  }),
  entry('payment_refund', {
    section: 'money',
    mine: byIntent,
    at: 'asked_at',
    tell: `amount_minor:money(currency) scope:code reason state:code asked_by:by(asked_by_kind) decided_at decided_by:raw done_at bank_ref
      refund_id:raw intent_id:raw`,
    left: { derived: 'currency asked_by_kind' },
  }),
  entry('payment_voucher', {
    section: 'money',
    mine: [own()],
    at: 'at',
    tell: `number year amount_minor:money(currency) way:code bank reference description payee by_id:by(by_kind) payment_id:raw request_id:raw
      voucher_id:raw person_id:raw`,
    left: { derived: 'currency by_kind' },
  }),
]
