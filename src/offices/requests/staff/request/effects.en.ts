/** Why a department could not do what a step asks of it: what stands in the way, and what to do. */
export const en = {
  'refused-effect-field-missing':
    'The service does not ask for a field this needs. Tell whoever looks after the system.',
  'refused-request-number-wrong':
    'There is no request of this number. Correct the number, such as 4178/2026.',
  'refused-nothing-to-return':
    'There is nothing to return: it was not paid here, was returned before, or another paid it.',
  'refused-return-too-much': 'The sum is more than is left to return. Correct the sum.',
  'refused-receipt-wrong':
    'There is no receipt of this number. Write it as it is on the receipt, such as A-120/2026.',
  'refused-receipt-reversed': 'This receipt was taken back before; nothing of it is left to return.',
  'refused-cheque-not-cleared':
    'The receipt was paid by a cheque that is not cleared yet. Wait until the bank has paid it.',
  'refused-not-decided':
    'This was not decided, or was changed after the decision. Return the request to whoever decides.',
  'refused-paid-by-hand': 'Money goes out only by the hand of somebody who writes the payment voucher.',
  'refused-capacity-not-read':
    'Nobody of the staff has read the power of attorney or guardianship yet. Read it, then carry this out.',
  'refused-nothing-owed': 'Nothing of this kind is owed.',
  'refused-nothing-to-transfer': 'Nothing is open on this subscription that could be transferred.',
  'refused-transfer-to-self': 'The identity number of the new debtor is that of the present one.',
  'refused-new-debtor-unknown':
    'Whoever takes the debt over is not in the town’s register. Register them at the centre first.',
  'refused-charge-in-plan': 'An instalment plan covers the sum. End the plan first.',
  'refused-own-proposal': 'Whoever prepared the plan also decided it; another must decide.',
  'refused-plan-too-short': 'A plan has two instalments at least.',
  'refused-plan-too-long': 'A plan has sixty instalments at most.',
  'refused-amount-missing': 'The sum is too small for so many instalments.',
  'refused-percent-wrong': 'A reduction is from 1 to 100 per cent.',
  'refused-not-the-holder': 'The subscription is not in the applicant’s name now.',
  'refused-not-prepaid': 'The meter is not prepaid.',
  'refused-subscription-closed': 'This subscription was closed before.',
  'refused-already-suspended': 'The subscription is suspended already.',
  'refused-not-suspended': 'The subscription runs; there is nothing to activate.',
  'refused-same-meter': 'The number of the new meter is that of the old one. Correct it.',
  'refused-new-holder-unknown':
    'Whoever takes the subscription over is not in the town’s register. Register them at the centre first.',
  'refused-already-three-phase': 'The subscription is on three phases already.',
  'refused-already-prepaid': 'The meter is prepaid already.',
  'refused-temporary-over':
    'The last day of the temporary connection is over; it is not installed. Return or refuse the request.',
  'refused-nothing-connected': 'No connection was installed by this request; there is nothing to take down.',
} as const
