import type { NodeDefinition } from './node-definition.ts'

/**
 * The registration of a node. It is a literal on purpose: the flow library and its scorecard read the HTML without
 * running it and want to find the type, the defaults and the colours in it. Behaviour is in the editor bundle.
 */
export function registerTypeScript({ type, label, set, operations, resource }: NodeDefinition): string {
  return `<script type="text/javascript">
RED.nodes.registerType('${type}', {
  category: 'Salesforce',
  categoryDescription: 'Salesforce by Forcewire',
  color: '#3FADB5',
  defaults: {
    name: { value: '' },
    connection: { value: '', type: 'forcewire-connection', required: true },
    operation: { value: '${operations[0]?.id ?? ''}', required: true },
    parameters: { value: {}, validate: function (value, opt) { return forcewire.operationDialog.validate(this, value, opt) } },
    input: { value: 'payload' },
    inputType: { value: 'msg' },
    output: { value: 'array' },
    pageSize: { value: 2000, validate: function (value) { return Number(value) >= 1 } },
    property: { value: 'payload', required: true },
    failedRows: { value: 'error' },
    version: { value: 1 },
  },
  inputs: 1,
  outputs: 1,
  icon: 'forcewire-${set}.svg',
  paletteLabel: '${label}',
  inputLabels: 'message',
  outputLabels: ['${resource.name === 'query' ? 'records' : 'result'}'],
  label: function () { return this.name || '${label}' },
  labelStyle: function () { return this.name ? 'node_label_italic' : '' },
  oneditprepare: function () { forcewire.operationDialog.prepare(this) },
  oneditsave: function () { forcewire.operationDialog.save(this) },
  oneditcancel: function () { forcewire.operationDialog.cancel() },
})
</script>`
}
