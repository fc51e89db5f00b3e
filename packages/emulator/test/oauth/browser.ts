import type { Emulator } from '../../src/index.ts'
import { type Answer, send } from '../support/harness.ts'

/** A person at a browser: keeps the cookie, fills in the form of the page shown. */
export class Browser {
  readonly #emulator: Emulator
  #cookie = ''
  #page = ''

  constructor(emulator: Emulator) {
    this.#emulator = emulator
  }

  /** Opens a page of the emulator. */
  async open(path: string): Promise<Answer> {
    return this.#keep(await send(this.#emulator, 'GET', path, { token: null, headers: { cookie: this.#cookie } }))
  }

  /** Sends the form of the page with its hidden fields and what is filled in. */
  async submit(filledIn: Record<string, string>): Promise<Answer> {
    const action = /<form method="post" action="([^"]+)"/.exec(this.#page)?.[1] ?? ''
    const hidden = [...this.#page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const body = new URLSearchParams([
      ...hidden.map(([, name = '', value = '']) => [name, value]),
      ...Object.entries(filledIn),
    ])
    const headers = { cookie: this.#cookie }
    return this.#keep(await send(this.#emulator, 'POST', action, { token: null, headers, body }))
  }

  #keep(answer: Answer): Answer {
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
    if (cookie !== undefined) this.#cookie = cookie
    this.#page = answer.text
    return answer
  }
}
