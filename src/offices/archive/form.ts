import type { Call } from '../../web/call.ts'
import type { AdmittedFile, FileFault } from './model.ts'

/** Takes in the files of a plain form, for pages without script; each has its own fate. */
export async function admitForm(
  _call: Call,
  _fieldName: string,
): Promise<{ admitted: AdmittedFile[]; faults: (FileFault & { fileName: string })[] }> {
  throw new Error('not built yet')
}
