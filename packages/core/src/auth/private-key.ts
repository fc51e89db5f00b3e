import { createPrivateKey, KeyObject } from 'node:crypto'
import { readable, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'

/** Shorter keys are not allowed to sign RS256 (RFC 7518, 3.3). */
const leastBits = 2_048

/**
 * Reads a private key: PEM text (PKCS#1 or PKCS#8, encrypted too) or a ready `KeyObject`. Forgives what copying
 * through forms and environment variables does to a PEM: `\n` written as two characters, line breaks lost.
 *
 * @throws ConfigurationError that says what is wrong and never quotes the key.
 */
export function readPrivateKey(key: string | KeyObject, passphrase: string | undefined): KeyObject {
  const option = 'jwtBearer: privateKey'
  if (typeof key !== 'string' && !readable(option, () => key instanceof KeyObject)) {
    refuse(option, 'PEM text or a KeyObject', key)
  }
  const found = typeof key === 'string' ? fromPem(key, passphrase) : key
  if (found.type !== 'private' || found.asymmetricKeyType !== 'rsa') {
    throw new ConfigurationError('jwtBearer: privateKey must be an RSA private key, since Salesforce verifies RS256.')
  }
  const bits = found.asymmetricKeyDetails?.modulusLength ?? leastBits
  if (bits < leastBits) {
    throw new ConfigurationError(`jwtBearer: privateKey must have ${leastBits} bits or more, but has ${bits}.`)
  }
  return found
}

function fromPem(text: string, passphrase: string | undefined): KeyObject {
  const pem = repairedPem(text)
  if (/-----BEGIN (?:CERTIFICATE|PUBLIC KEY)-----/.test(pem) && !pem.includes('PRIVATE KEY')) {
    throw new ConfigurationError('jwtBearer: privateKey holds a certificate or a public key; give the private key.')
  }
  if (!pem.includes('PRIVATE KEY-----')) {
    refuse('jwtBearer: privateKey', "PEM text that begins with '-----BEGIN'", text)
  }
  try {
    return createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase })
  } catch (error) {
    throw new ConfigurationError(`jwtBearer: ${reason(pem, passphrase, error)}`)
  }
}

/** A PEM without line breaks: its first line, the headers of an encrypted PKCS#1 key, the key, its last line. */
const onOneLine = /^(-----BEGIN [A-Z ]+-----)\s*((?:[\w-]+: \S+\s+)*)([\s\S]*?)\s*(-----END [A-Z ]+-----)$/

function repairedPem(text: string): string {
  const unescaped = text.replace(/\\n/g, '\n').trim()
  if (unescaped.includes('\n')) return unescaped
  return unescaped.replace(onOneLine, (_, begin: string, headers: string, body: string, end: string) => {
    const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? []
    const encryption = headers.match(/[\w-]+: \S+/g) ?? []
    return [begin, ...encryption, ...(encryption.length === 0 ? [] : ['']), ...lines, end].join('\n')
  })
}

function reason(pem: string, passphrase: string | undefined, error: unknown): string {
  if (/ENCRYPTED/.test(pem)) {
    return passphrase === undefined
      ? 'the private key is encrypted; give its passphrase.'
      : 'the private key cannot be decrypted; check its passphrase.'
  }
  const code = (error as { code?: unknown }).code
  return `the private key cannot be read (${typeof code === 'string' ? code : 'not valid PEM'}); paste the whole file.`
}
