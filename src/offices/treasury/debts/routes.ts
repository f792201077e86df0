import { addresses } from '../../../lib/addresses.ts'
import { acts, citizen, looks, nothing, type Route, route, staff } from '../../../web/route.ts'
import { allocate, end as endExemption, exempt } from './pages/acts.ts'
import { showExceptions } from './pages/exceptions.tsx'
import { grant, showExemptions } from './pages/exemptions.tsx'
import { showArrears, showPlans } from './pages/lists.tsx'
import { serveMyReceiptProof, showMyReceipt } from './pages/my-receipt.tsx'
import { showPersonDues } from './pages/person.tsx'
import { decide, end, showPlan } from './pages/plan.tsx'
import { propose, showPropose } from './pages/propose.tsx'
import { showMyStatement, showStatement } from './pages/statement.tsx'
import { showTransfer, transfer } from './pages/transfer.tsx'

const own = nothing('shows people their own')
const shown = looks('treasury.dues-shown')
const sums = nothing('shows sums of the whole town and nothing of a person')
const listed = nothing('lists what was decided; each person that is opened is a look')

type Given = Pick<Route, 'address' | 'access' | 'audit' | 'handle'>
const get = (of: Given): Route => route({ method: 'get', ...of })
const post = (of: Given): Route => route({ method: 'post', ...of })

/** What is owed and what can be done about it: statements, plans, transfers, exemptions, clearance, arrears. */
export const debtRoutes: Route[] = [
  get({ address: addresses.myStatement, access: citizen('dues.read'), audit: own, handle: showMyStatement }),
  get({ address: addresses.myReceipt, access: citizen('receipt.read'), audit: own, handle: showMyReceipt }),
  get({
    address: addresses.myReceiptProof,
    access: citizen('receipt.read'),
    audit: own,
    handle: serveMyReceiptProof,
  }),
  get({ address: addresses.counterDues, access: staff('dues.read'), audit: shown, handle: showPersonDues }),
  get({
    address: addresses.counterStatement,
    access: staff('dues.read'),
    audit: shown,
    handle: showStatement,
  }),
  get({
    address: addresses.counterPlan,
    access: staff('plan.propose'),
    audit: shown,
    handle: call => showPropose(call),
  }),
  post({
    address: addresses.counterPlan,
    access: staff('plan.propose'),
    audit: acts('treasury.plan-proposed'),
    handle: propose,
  }),
  get({
    address: addresses.counterTransfer,
    access: staff('debt.transfer'),
    audit: shown,
    handle: call => showTransfer(call),
  }),
  post({
    address: addresses.counterTransfer,
    access: staff('debt.transfer'),
    audit: acts('treasury.debt-transferred'),
    handle: transfer,
  }),
  post({
    address: addresses.counterAllocate,
    access: staff('credit.allocate'),
    audit: acts('treasury.credit-allocated'),
    handle: allocate,
  }),
  post({
    address: addresses.counterExempt,
    access: staff('exemption.write'),
    audit: acts('treasury.charge-exempted'),
    handle: exempt,
  }),
  get({
    address: addresses.plan,
    access: staff('plan.propose'),
    audit: looks('treasury.plan-shown'),
    handle: call => showPlan(call),
  }),
  post({
    address: addresses.planDecide,
    access: staff('plan.decide'),
    audit: acts('treasury.plan-agreed'),
    handle: decide,
  }),
  post({
    address: addresses.planEnd,
    access: staff('plan.decide'),
    audit: acts('treasury.plan-ended'),
    handle: end,
  }),
  get({ address: addresses.manageArrears, access: staff('arrears.read'), audit: sums, handle: showArrears }),
  get({ address: addresses.managePlans, access: staff('plan.propose'), audit: listed, handle: showPlans }),
  get({
    address: addresses.manageExceptions,
    access: staff('arrears.read'),
    audit: listed,
    handle: showExceptions,
  }),
  get({
    address: addresses.manageExemptions,
    access: staff('exemption.write'),
    audit: listed,
    handle: call => showExemptions(call),
  }),
  post({
    address: addresses.manageExemptions,
    access: staff('exemption.write'),
    audit: acts('treasury.exemption-granted'),
    handle: grant,
  }),
  post({
    address: addresses.manageExemptionEnd,
    access: staff('exemption.write'),
    audit: acts('treasury.exemption-ended'),
    handle: endExemption,
  }),
]
