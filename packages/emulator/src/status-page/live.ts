/**
 * What the status page does in the browser: it puts newer text in the place of what is shown, runs queries without leaving
 * the page, shows the login data when asked, and copies. It goes to the browser as its own source text, so it uses nothing
 * from outside of itself.
 */
export function live(): void {
  const PERIOD = 1000
  const connection = element('connection')
  const pause = element('pause')
  const form = element<HTMLFormElement>('query')
  const soql = element<HTMLTextAreaElement>('soql')
  const showLogin = element('show-login')
  const login = element('login')
  let paused = false

  for (const hidden of document.querySelectorAll<HTMLElement>('button[hidden]')) hidden.hidden = false
  pause.addEventListener('click', () => {
    paused = !paused
    pause.textContent = paused ? 'Resume updates' : 'Pause updates'
    say(paused ? 'Updates are paused' : 'Live')
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void run()
  })
  soql.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    form.requestSubmit()
  })
  showLogin.addEventListener('click', () => void toggleLogin())
  document.addEventListener('click', (event) => {
    const target = event.target as HTMLElement
    const query = target.closest<HTMLElement>('[data-soql]')?.dataset.soql
    const copied = target.closest<HTMLElement>('[data-copy]')
    if (copied) void copy(copied)
    if (query === undefined) return
    event.preventDefault()
    soql.value = query
    form.scrollIntoView({ block: 'nearest' })
    form.requestSubmit()
  })
  void refreshForEver()

  async function refreshForEver(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, PERIOD))
      if (!paused && !document.hidden) await refresh()
    }
  }

  async function refresh(): Promise<void> {
    try {
      const page = await fetchPage('/')
      if (paused) return
      for (const fresh of page.querySelectorAll('[data-live]')) replace(element(fresh.id), fresh)
      say('Live')
    } catch {
      say('The emulator does not answer')
    }
  }

  /** Leaves alone what somebody is selecting, and the focus where it is. */
  function replace(old: HTMLElement, fresh: Element): void {
    const selection = getSelection()
    if (selection && !selection.isCollapsed && old.contains(selection.anchorNode)) return
    if (old.innerHTML === fresh.innerHTML) return
    const focused = old.contains(document.activeElement) ? document.activeElement?.id : undefined
    old.innerHTML = fresh.innerHTML
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
  }

  async function run(): Promise<void> {
    const result = element('result')
    const url = `/?soql=${encodeURIComponent(soql.value)}`
    result.setAttribute('aria-busy', 'true')
    try {
      result.innerHTML = (await fetchPage(url)).getElementById('result')?.innerHTML ?? ''
      history.replaceState(null, '', url)
    } catch {
      result.textContent = 'The emulator does not answer; start it again and run the query once more.'
    }
    result.removeAttribute('aria-busy')
  }

  async function toggleLogin(): Promise<void> {
    const show = login.hidden
    if (show) {
      const answer = await fetch('/_emulator/credentials')
      if (!answer.ok) return say('The login data is not told under this name; use 127.0.0.1')
      login.replaceChildren(...Object.entries((await answer.json()) as Record<string, string>).map(credential))
    } else login.replaceChildren()
    login.hidden = !show
    showLogin.textContent = show ? 'Hide login data' : 'Show login data'
    showLogin.setAttribute('aria-expanded', String(show))
  }

  function credential([name, value]: readonly [string, string]): HTMLElement {
    const row = document.createElement('div')
    const term = document.createElement('dt')
    const detail = document.createElement('dd')
    const text = document.createElement('code')
    const button = document.createElement('button')
    term.textContent = name
    text.textContent = value
    button.type = 'button'
    button.textContent = 'Copy'
    button.dataset.copy = value
    button.setAttribute('aria-label', `Copy ${name}`)
    detail.append(text, button)
    row.append(term, detail)
    return row
  }

  async function copy(button: HTMLElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? '')
      button.textContent = 'Copied'
    } catch {
      // Without https or a local address there is no clipboard: what is selected can be copied by hand.
      getSelection()?.selectAllChildren(button.previousElementSibling ?? button)
      button.textContent = 'Selected'
    }
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 2 * PERIOD)
  }

  async function fetchPage(url: string): Promise<Document> {
    const answer = await fetch(url, { cache: 'no-store' })
    if (!answer.ok) throw new Error(String(answer.status))
    return new DOMParser().parseFromString(await answer.text(), 'text/html')
  }

  function say(text: string): void {
    if (connection.textContent !== text) connection.textContent = text
  }

  function element<E extends HTMLElement = HTMLElement>(id: string): E {
    return document.getElementById(id) as E
  }
}
