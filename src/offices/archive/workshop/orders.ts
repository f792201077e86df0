/** What the workshop is asked to do with the bytes of one file. */
export type Order =
  | { task: 'inspect-pdf'; bytes: Uint8Array }
  | { task: 'render-pdf'; bytes: Uint8Array; width: number; page: number }
  | { task: 'decode-heic'; bytes: Uint8Array }

export type PdfFacts = { pages: number; active: string | undefined }

export type Picture = { width: number; height: number; rgba: Uint8Array }

export type Reply =
  | { result: PdfFacts | Picture; failure?: undefined }
  | { failure: string; result?: undefined }
