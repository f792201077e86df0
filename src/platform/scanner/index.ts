/** scanner: asks a virus scanner, where the installation has one. */
export { openScanner, type Scanner, ScannerDown, type ScanVerdict } from './scanner.ts'
