type Json = Record<string, unknown>

type Parser = {
  parseCreationOptionsFromJSON?(options: Json): CredentialCreationOptions['publicKey']
  parseRequestOptionsFromJSON?(options: Json): CredentialRequestOptions['publicKey']
}

const toBytes = (text: string): ArrayBuffer => {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, letter => letter.charCodeAt(0)).buffer
}

const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replaceAll('=', '')

/* Browsers of before 2024 read no JSON: the few fields that are bytes are turned here. */
function creation(options: Json): CredentialCreationOptions['publicKey'] {
  const parser = PublicKeyCredential as unknown as Parser
  if (parser.parseCreationOptionsFromJSON) return parser.parseCreationOptionsFromJSON(options)
  const {
    user,
    challenge,
    excludeCredentials = [],
    ...rest
  } = options as never as {
    user: { id: string }
    challenge: string
    excludeCredentials: { id: string }[]
  }
  return {
    ...rest,
    user: { ...user, id: toBytes(user.id) },
    challenge: toBytes(challenge),
    excludeCredentials: excludeCredentials.map(each => ({ ...each, id: toBytes(each.id) })),
  } as never
}

function request(options: Json): CredentialRequestOptions['publicKey'] {
  const parser = PublicKeyCredential as unknown as Parser
  if (parser.parseRequestOptionsFromJSON) return parser.parseRequestOptionsFromJSON(options)
  return { ...options, challenge: toBytes(options.challenge as string), allowCredentials: [] } as never
}

/* Written out by hand, so that a key in a program of the browser's that knows no `toJSON` answers too. */
function answerOf(credential: PublicKeyCredential): string {
  const said = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse
  const parts: Json = { clientDataJSON: toText(said.clientDataJSON) }
  if (said.attestationObject) {
    parts.attestationObject = toText(said.attestationObject)
    parts.transports = said.getTransports?.() ?? []
  } else {
    parts.authenticatorData = toText(said.authenticatorData)
    parts.signature = toText(said.signature)
    if (said.userHandle) parts.userHandle = toText(said.userHandle)
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: {},
    response: parts,
  })
}

/** Puts the answer of an authenticator into the form around the button and sends it. What was broken off is said, and nothing is sent. */
function bind(box: HTMLElement): void {
  const field = box.querySelector<HTMLInputElement>('input[name=passkey]')
  const broken = box.querySelector<HTMLElement>('[data-role=passkey-broken]')
  const button = box.querySelector('button')
  if (!field || !button || box.dataset.bound) return
  box.dataset.bound = 'yes'
  box.hidden = false
  button.addEventListener('click', async () => {
    const options = JSON.parse(box.dataset.options ?? '{}') as Json
    if (broken) broken.hidden = true
    button.disabled = true
    try {
      const credential =
        box.dataset.passkey === 'create'
          ? await navigator.credentials.create({ publicKey: creation(options) as never })
          : await navigator.credentials.get({ publicKey: request(options) as never })
      field.value = answerOf(credential as PublicKeyCredential)
      field.form?.requestSubmit()
    } catch {
      if (broken) broken.hidden = false
    } finally {
      button.disabled = false
    }
  })
}

if ('PublicKeyCredential' in window)
  for (const box of document.querySelectorAll<HTMLElement>('[data-passkey]')) bind(box)
