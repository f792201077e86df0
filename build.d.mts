/** Bundles one TypeScript entry for Node. */
export function bundleEntry(entry: string, outfile: string): Promise<void>

/** The program in a folder: `main.js`, and `parts` that are read when they are first asked for. Returns what went where. */
export function bundleProgram(outdir: string): Promise<import('esbuild').Metafile>
