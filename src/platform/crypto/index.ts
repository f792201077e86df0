export { type Crypto, createCrypto } from './crypto.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export { createSecretFile, readSecretFile } from './secret-file.ts'
export { hashToken, newToken, sameSecret } from './tokens.ts'
