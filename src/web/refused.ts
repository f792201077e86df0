import { DomainError, type Fault, InvalidInput, NotFound } from '../lib/errors.ts'

/**
 * Does an act whose refusal is told on its own form: what the domain refuses comes back as faults, those without a field at the field
 * named here, and the form is shown again with what was typed. What is not there, and what is ours to look at, stays an error.
 */
export async function orFaults(
  field: string,
  act: () => Promise<Response>,
): Promise<{ answer: Response; faults?: undefined } | { faults: Fault[]; answer?: undefined }> {
  try {
    return { answer: await act() }
  } catch (error) {
    if (error instanceof InvalidInput) return { faults: [...error.faults] }
    if (!(error instanceof DomainError) || error.reportable || error instanceof NotFound) throw error
    return { faults: [{ field, code: error.code }] }
  }
}
