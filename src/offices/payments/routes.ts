import { addresses } from '../../lib/addresses.ts'
import { acts, citizen, everyone, looks, nothing, type Route, route, staff } from '../../web/route.ts'
import { hearAnswer } from './answer.ts'
import { begin, showChoose } from './citizen/choose.tsx'
import { showPayment } from './citizen/payment.tsx'
import { ask, decide, keep } from './staff/acts.ts'
import { showPayments } from './staff/list.tsx'
import { showOne } from './staff/one.tsx'

const own = nothing('shows people their own')

/** Paying online: the citizen's pages, the bank's call-back, the treasurer's list. */
export const paymentRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.myPay,
    access: citizen('dues.pay'),
    audit: own,
    handle: call => showChoose(call),
  }),
  route({
    method: 'post',
    address: addresses.myPay,
    access: citizen('dues.pay'),
    audit: acts('payments.begun'),
    handle: begin,
  }),
  route({
    method: 'get',
    address: addresses.myPayment,
    access: citizen('dues.pay'),
    audit: own,
    handle: showPayment,
  }),
  route({
    method: 'post',
    address: addresses.paymentAnswer,
    audit: acts('payments.settled'),
    handle: hearAnswer,
    access: everyone('the bank calls it, and its signature says that it is the bank', {
      house: 'the bank’s signature opens the payment it answers',
    }),
    bodyLimit: 8 * 1024,
  }),
  route({
    method: 'get',
    address: addresses.managePayments,
    access: staff('payment.read'),
    audit: nothing('lists payments; each one that is opened is a look'),
    handle: showPayments,
  }),
  route({
    method: 'get',
    address: addresses.managePayment,
    access: staff('payment.read'),
    audit: looks('payments.payment-shown'),
    handle: call => showOne(call),
  }),
  route({
    method: 'post',
    address: addresses.managePaymentRefund,
    access: staff('payment.refund'),
    audit: acts('payments.refund-asked'),
    handle: ask,
  }),
  route({
    method: 'post',
    address: addresses.managePaymentDecide,
    access: staff('payment.approve'),
    audit: acts('payments.refund-approved'),
    handle: decide,
  }),
  route({
    method: 'post',
    address: addresses.managePaymentKeep,
    access: staff('payment.refund'),
    audit: acts('payments.settled'),
    handle: keep,
  }),
]
