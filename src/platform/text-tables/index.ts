export { type Delimiter, delimiters, detectDelimiter, readCsv } from './csv.ts'
export { detectEncoding, type Encoding, encodings } from './encoding.ts'
export { peek } from './peek.ts'
