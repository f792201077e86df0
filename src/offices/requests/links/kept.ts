import { z } from 'zod'
import type { Call } from '../../../web/call.ts'
import type { AdmittedFile, FileType } from '../../archive/index.ts'
import type { ShortLink } from '../../messaging/index.ts'

const purpose = 'short-link-kept'

/** Pages of one paper that are taken at once. */
export const mostFiles = 20

const shape = z.object({
  link: z.string(),
  files: z
    .array(
      z.object({
        sha256: z.string(),
        size: z.number(),
        type: z.string(),
        fileName: z.string(),
        pages: z.number().optional(),
      }),
    )
    .min(1)
    .max(mostFiles),
})

type Keeper = Pick<Call, 'house' | 'town'>

/** Files that stand on the shelf already, as the page carries them: of use to this town's server alone, and for this link. */
export function sealKept({ house, town }: Keeper, { id }: ShortLink, files: readonly AdmittedFile[]): string {
  const plain = files.map(({ sha256, ...file }) => ({ ...file, sha256: sha256.toString('base64url') }))
  return house.crypto.seal(town.id, purpose, JSON.stringify({ link: id, files: plain })).toString('base64url')
}

/** The files a page carried back; undefined where it carried none, or those of another link. */
export function openKept(
  { house, town }: Keeper,
  { id }: ShortLink,
  sealed: string,
): AdmittedFile[] | undefined {
  if (sealed === '' || sealed.length > 20_000) return undefined
  try {
    const text = house.crypto.open(town.id, purpose, Buffer.from(sealed, 'base64url'))
    const { link, files } = shape.parse(JSON.parse(text))
    if (link !== id) return undefined
    return files.map(({ sha256, type, pages, ...file }) => ({
      ...file,
      type: type as FileType,
      pages,
      sha256: Buffer.from(sha256, 'base64url'),
    }))
  } catch {
    return undefined
  }
}
