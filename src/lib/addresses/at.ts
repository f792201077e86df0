export type Address<P extends string = string> = { readonly pattern: P }

export function at<const P extends string>(pattern: P): Address<P> {
  return { pattern }
}
