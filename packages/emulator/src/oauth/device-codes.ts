import { randomBytes, randomInt } from 'node:crypto'
import type { CodeGrant } from './authorizations.ts'
import { accessDenied, authorizationPending, slowDown, spentDeviceCode } from './errors.ts'

/** A device that asked for access. */
export interface DeviceCode {
  /** What the device polls with. */
  readonly deviceCode: string
  /** What the user types in: eight characters that are not easily mistaken. */
  readonly userCode: string
  readonly scope: string
  readonly expiresAt: number
  lastPoll: number
  /** Undefined until the user has answered. */
  answer: CodeGrant | 'denied' | undefined
}

/** Codes are good for ten minutes (Salesforce Help, "OAuth 2.0 Device Flow for IoT Integration"). */
const LIFETIME = 600_000

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** The devices that wait for their users. */
export class DeviceCodes {
  /** Seconds that a device has to let pass between two polls. */
  readonly interval: number = 5
  readonly #clock: { now(): number }
  readonly #codes: Map<string, DeviceCode> = new Map()

  constructor(clock: { now(): number }) {
    this.#clock = clock
  }

  /** Takes a device's request in. */
  issue(scope: string): DeviceCode {
    const now = this.#clock.now()
    for (const [key, { expiresAt }] of this.#codes) if (expiresAt <= now) this.#codes.delete(key)
    const code: DeviceCode = {
      deviceCode: randomBytes(48).toString('base64url'),
      userCode: Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
      scope,
      expiresAt: now + LIFETIME,
      lastPoll: Number.NEGATIVE_INFINITY,
      answer: undefined,
    }
    this.#codes.set(code.deviceCode, code)
    return code
  }

  /** The device that shows a user code and waits; small letters do. */
  waiting(userCode: string): DeviceCode | undefined {
    const wanted = userCode.trim().toUpperCase()
    return [...this.#codes.values()].find(
      (code) => code.userCode === wanted && !code.answer && code.expiresAt > this.#clock.now(),
    )
  }

  /** Notes what the user answered. */
  answer(deviceCode: string, answer: CodeGrant | 'denied'): void {
    const code = this.#codes.get(deviceCode)
    if (code) code.answer = answer
  }

  /** A device's poll: what it was granted, once, or an OAuthError that says how things stand. */
  poll(deviceCode: string | undefined): CodeGrant {
    const code = this.#codes.get(deviceCode ?? '')
    const now = this.#clock.now()
    if (!code || code.expiresAt <= now) throw spentDeviceCode()
    const tooEarly = now - code.lastPoll < this.interval * 1000
    code.lastPoll = now
    if (tooEarly) throw slowDown()
    if (code.answer === undefined) throw authorizationPending()
    this.#codes.delete(code.deviceCode)
    if (code.answer === 'denied') throw accessDenied()
    return code.answer
  }

  /** Forgets everything. */
  clear(): void {
    this.#codes.clear()
  }
}
