/** An object or a field of the org. */
export interface NamedItem {
  readonly name: string
  readonly label: string
  readonly externalId?: boolean
}

/** Names, or the reason why there are none. */
export type NamedItems = { readonly items: readonly NamedItem[] } | { readonly problem: string }

const pending = new Map<string, Promise<NamedItems>>()

/** The objects of the org behind a connection node. */
export function objectsOf(connection: string): Promise<NamedItems> {
  return load(`forcewire/connections/${encodeURIComponent(connection)}/objects`)
}

/** The fields of an object. */
export function fieldsOf(connection: string, object: string): Promise<NamedItems> {
  return load(`forcewire/connections/${encodeURIComponent(connection)}/objects/${encodeURIComponent(object)}/fields`)
}

/** Forgets what was loaded, so that the next dialog sees a connection that was deployed meanwhile. */
export function forgetMetadata(): void {
  pending.clear()
}

/** One request an address while a dialog is open: every key press asks again. */
function load(url: string): Promise<NamedItems> {
  const known = pending.get(url)
  if (known !== undefined) return known
  const request = new Promise<NamedItems>((resolve) => {
    $.getJSON(url).then(
      (items) => resolve({ items: items as NamedItem[] }),
      ({ status, responseJSON }) => {
        const message = (responseJSON as { message?: string } | undefined)?.message
        resolve({ problem: message ?? `HTTP ${status}` })
      },
    )
  })
  pending.set(url, request)
  return request
}
