import type { Results } from '../../../src/offices/oversight/measured/file.ts'

export const mayorSheet = (results: Results): string => results.mode
