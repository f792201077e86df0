/** Bundles one TypeScript entry for Node. */
export function bundleEntry(entry: string, outfile: string): Promise<void>
