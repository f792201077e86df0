import type { CalendarDate } from '../../lib/calendar.ts'

/** What the archive takes in. Anything else is refused by its content, whatever its name says. */
const fileTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/heic', 'image/tiff'] as const
export type FileType = (typeof fileTypes)[number]

/** Bytes a file may have. */
export const mostMegabytes = 25
export const mostBytes = mostMegabytes * 1024 * 1024

/** Pages of a file that are drawn to be looked at in a page; the rest is read in the file itself. */
export const mostPagesShown = 40

/** Why a file was not taken in; the pages word the code as `fault-CODE`. */
export type FileFault = {
  readonly code:
    | 'file-empty'
    | 'file-too-large'
    | 'file-type-refused'
    | 'pdf-active-content'
    | 'pdf-unreadable'
    | 'image-unreadable'
    | 'image-too-large'
    | 'file-infected'
  readonly values?: Readonly<Record<string, string | number>>
}

/** Whether the content may be handed out: not while it waits for the scanner, and never once that found something. */
export type ScanState = 'waiting' | 'clean' | 'infected'

/** A file that was checked and stands on the shelf; nothing in the database speaks of it yet. */
export type AdmittedFile = {
  readonly sha256: Buffer
  readonly size: number
  readonly type: FileType
  readonly fileName: string
  readonly pages: number | undefined
  /** What the scanner said; `waiting` when it said nothing, undefined where there is none. An infected file is not admitted. */
  readonly scan?: 'clean' | 'waiting' | undefined
}

export type Admission =
  | { readonly admitted: AdmittedFile; readonly fault?: undefined }
  | { readonly fault: FileFault; readonly admitted?: undefined }

/** Who brought a document: what `actorKey` says of a visitor. */
export type AddedBy = { readonly kind: string; readonly id: string }

export type DocumentSource = 'upload' | 'scan' | 'issued' | 'import'

/** What a new document is in the town's eyes. */
export type NewDocument = {
  /** Where whoever adds it names it already, in statements of the same packet. */
  id?: string | undefined
  admitted: AdmittedFile
  /** The archive's kind: id-copy, property-tax-clearance, lease … */
  kind: string
  title: string
  ownerId?: string | undefined
  issuedOn?: CalendarDate | undefined
  validUntil?: CalendarDate | undefined
  source: DocumentSource
  by: AddedBy
}

export type ArchiveDocument = {
  readonly id: string
  readonly sha256: Buffer
  readonly thumbnail: Buffer | undefined
  readonly preview: Buffer | undefined
  readonly fileName: string
  readonly type: FileType
  readonly size: number
  readonly pages: number | undefined
  /** Undefined where nothing was scanned: issued by the town, or brought before there was a scanner. */
  readonly scan: ScanState | undefined
  readonly kind: string
  readonly title: string
  readonly ownerId: string | undefined
  readonly issuedOn: CalendarDate | undefined
  readonly validUntil: CalendarDate | undefined
  readonly source: DocumentSource
  readonly addedAt: Date
  readonly addedBy: AddedBy
}

const named: Record<FileType, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/heic': 'heic',
  'image/tiff': 'tif',
}

/** The ending a file of this type should carry. */
export const endingOf = (type: FileType): string => named[type]
