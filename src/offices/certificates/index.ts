export { issueCertificate } from './actions.ts'
export type { Certificate, CertificateState, IssuedCertificate, IssueInput, Signer, TemplateName } from './model.ts'
