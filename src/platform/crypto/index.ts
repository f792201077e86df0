export { type Crypto, createCrypto, type Keys } from './crypto.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export {
  addIndexLayer,
  addSealingKey,
  addSigningKey,
  createSecretFile,
  keepNewestSigningKey,
  readSecretFile,
  retireSealingKey,
  type Secret,
} from './secret-file.ts'
export type { Signer } from './signing.ts'
export { hashToken, newToken, sameSecret } from './tokens.ts'
