import { Readable } from 'node:stream'
import type { Call } from '../../web/call.ts'
import { admitFile } from './admit.ts'
import type { AdmittedFile, FileFault } from './model.ts'

/** A file of a form that was not taken in, by the name it came with. */
export type RefusedFile = FileFault & { readonly fileName: string }

/**
 * Takes in the files of a plain form, for pages without script; each has its own fate. The route's `bodyLimit` must let them through.
 * An input nobody filled sends a file without name and bytes: that is no file.
 */
export async function admitForm(
  call: Pick<Call, 'house' | 'town' | 'files'>,
  fieldName: string,
): Promise<{ admitted: AdmittedFile[]; faults: RefusedFile[] }> {
  const admitted: AdmittedFile[] = []
  const faults: RefusedFile[] = []
  for (const file of call.files[fieldName] ?? []) {
    if (file.size === 0 && file.name === '') continue
    const result = await admitFile(
      call.house,
      call.town.id,
      Readable.fromWeb(file.stream() as never),
      file.name,
    )
    if (result.admitted) admitted.push(result.admitted)
    else faults.push({ ...result.fault, fileName: file.name })
  }
  return { admitted, faults }
}
