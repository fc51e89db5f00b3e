import type { Emulator } from '@forcewire/emulator'

/** A person at a browser: follows pages by filling in their forms, and stops where the app is called back. */
export class Person {
  readonly #emulator: Emulator
  #cookie = ''
  #page = ''
  /** Where the browser was sent to, when it left the emulator. */
  redirectedTo: URL | undefined

  constructor(emulator: Emulator) {
    this.#emulator = emulator
  }

  async open(url: string): Promise<void> {
    await this.#show(await fetch(url, { headers: { cookie: this.#cookie }, redirect: 'manual' }))
  }

  async submit(fields: Readonly<Record<string, string>>): Promise<void> {
    const action = /<form method="post" action="([^"]+)"/.exec(this.#page)?.[1] ?? ''
    const hidden = [...this.#page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const body = new URLSearchParams([
      ...hidden.map(([, name = '', value = '']) => [name, value]),
      ...Object.entries(fields),
    ])
    const url = new URL(action, this.#emulator.url)
    await this.#show(await fetch(url, { method: 'POST', body, headers: { cookie: this.#cookie }, redirect: 'manual' }))
  }

  /** Logs in and allows access. */
  async agree(): Promise<void> {
    const { username, password } = this.#emulator.credentials
    await this.submit({ username, password })
    await this.submit({ decision: 'allow' })
  }

  async #show(response: Response): Promise<void> {
    this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? this.#cookie
    const location = response.headers.get('location')
    this.redirectedTo = location === null ? undefined : new URL(location)
    this.#page = await response.text()
  }
}
