import { text } from './bundled-catalogue.ts'
import { searchNames } from './completion.ts'
import { forgetMetadata, objectsOf } from './metadata.ts'

/** Node-RED calls this when the dialog is in the page. */
export function prepare(node: { readonly store?: string }): void {
  forgetMetadata()
  const search = searchNames(() => objectsOf($('#node-input-connection').val() ?? ''))
  $('#node-input-object').autoComplete({ search, minLength: 0 })
  $('#node-input-enabled').typedInput({
    types: ['bool', 'env', 'flow', 'global'],
    typeField: '#node-input-enabledType',
  })
  fillStores(node.store ?? '')
}

/** Offers the context stores of this Node-RED, and says so where all of them forget at a restart. */
function fillStores(chosen: string): void {
  const select = $('#node-input-store').get(0) as HTMLSelectElement | undefined
  if (select === undefined) return
  const { stores, default: preset } = RED.settings.context
  const option = (value: string, label: string): void => {
    select.add(new Option(label, value, false, value === chosen))
  }
  option('', text('trigger.store-default', { id: preset }))
  for (const store of stores) if (store !== preset && store !== 'default') option(store, store)
  if (chosen !== '' && !stores.includes(chosen)) option(chosen, chosen)
  const onlyMemory = stores.every((store) => store === 'memory' || store === 'default')
  $('#forcewire-memory-only').toggle(onlyMemory)
}
