import type { Emulator } from '@forcewire/emulator'

/** Calls the org over plain HTTP, so that what is tested does not judge itself. Answers the JSON, if there is some. */
export async function ask(emulator: Emulator, method: string, path: string, json?: object): Promise<unknown> {
  const { clientId, clientSecret } = emulator.credentials
  const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const token = `${emulator.url}/services/oauth2/token`
  const login = await fetch(token, { method: 'POST', body: new URLSearchParams(grant) })
  const { access_token: accessToken } = (await login.json()) as { access_token: string }
  const answer = await fetch(emulator.url + path, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: json === undefined ? null : JSON.stringify(json),
  })
  const text = await answer.text()
  return text === '' ? undefined : JSON.parse(text)
}

/** The unique numbers of the accounts that the org holds, in order; at most 2,000. */
export async function loadedNumbers(emulator: Emulator): Promise<number[]> {
  const soql = encodeURIComponent('SELECT NumberOfEmployees FROM Account')
  const { records } = (await ask(emulator, 'GET', `/services/data/v67.0/query?q=${soql}`)) as { records: unknown[] }
  return numbersOf(records)
}

/** The unique numbers of rows or accounts, in order. */
export function numbersOf(records: readonly unknown[]): number[] {
  return records
    .map((record) => Number((record as { NumberOfEmployees: unknown }).NumberOfEmployees))
    .sort((a, b) => a - b)
}
