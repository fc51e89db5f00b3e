import type { Operation, Parameter } from '@forcewire/operations'
import { escapeHtml, type NodeDefinition, parameterInputId } from './node-definition.ts'

/**
 * The dialog of a node: connection, operation, then one block per operation, of which the browser code shows the
 * chosen one, then where rows come from and how results leave. Texts are keys into the locale file.
 */
export function dialogHtml({ type, operations }: NodeDefinition): string {
  return `<script type="text/html" data-template-name="${type}">
<div class="forcewire-dialog">
${inputRow('name', 'fa-tag')}
${inputRow('connection', 'fa-cloud')}
${operationRow(operations)}
${operations.map(operationBlock).join('\n')}
${rowsBlock(operations)}
${resultBlock}
${operations.some(({ rows }) => rows === 'many') ? failedRowsRow : ''}
</div>
</script>`
}

function inputRow(property: string, icon: string): string {
  return `<div class="form-row">
  <label for="node-input-${property}"><i class="fa ${icon}"></i> <span data-i18n="dialog.${property}"></span></label>
  <input type="text" id="node-input-${property}" data-i18n="[placeholder]dialog.${property}">
</div>`
}

function operationRow(operations: readonly Operation[]): string {
  const options = operations.map(({ id }) => `<option value="${id}" data-i18n="operations.${id}.label"></option>`)
  const hidden = operations.length > 1 ? '' : ' style="display: none"'
  return `<div class="form-row"${hidden}>
  <label for="node-input-operation"><i class="fa fa-bolt"></i> <span data-i18n="dialog.operation"></span></label>
  <select id="node-input-operation">${options.join('')}</select>
</div>`
}

function operationBlock({ id, parameters }: Operation): string {
  const entries = Object.entries(parameters)
  const rows = (advanced: boolean): string =>
    entries
      .filter(([, parameter]) => (parameter.advanced === true) === advanced)
      .map(([name, parameter]) => parameterRow(id, name, parameter))
      .join('\n')
  const more = rows(true)
  return `<div class="forcewire-operation" data-operation="${id}">
<p class="forcewire-hint forcewire-about" data-i18n="operations.${id}.description"></p>
${rows(false)}
${more && `<details class="forcewire-more"><summary data-i18n="dialog.more"></summary>\n${more}\n</details>`}
</div>`
}

function parameterRow(operation: string, name: string, { placeholder, required }: Parameter): string {
  const id = parameterInputId(operation, name)
  const key = `operations.${operation}.parameters.${name}`
  const star = required ? ' <span class="forcewire-required" aria-hidden="true">*</span>' : ''
  return `<div class="form-row" data-parameter="${name}">
  <label for="${id}" id="${id}-label"><span data-i18n="${key}.label"></span>${star}</label>
  <div class="forcewire-value">
    <input type="text" id="${id}" aria-labelledby="${id}-label" aria-describedby="${id}-hint" placeholder="${escapeHtml(placeholder ?? '')}">
    <div class="forcewire-hint" id="${id}-hint" data-i18n="${key}.description"></div>
  </div>
</div>`
}

/** A node loads rows or takes one record a message; no resource has both. */
function rowsBlock(operations: readonly Operation[]): string {
  if (operations.every(({ rows }) => rows === 'none')) return ''
  const hint = operations.some(({ rows }) => rows === 'many') ? 'input-hint' : 'input-hint-one'
  return `<div class="form-row forcewire-rows">
  <label for="node-input-input" id="forcewire-input-label"><span data-i18n="dialog.input"></span></label>
  <div class="forcewire-value">
    <input type="text" id="node-input-input" aria-labelledby="forcewire-input-label">
    <input type="hidden" id="node-input-inputType">
    <div class="forcewire-hint" data-i18n="dialog.${hint}"></div>
  </div>
</div>`
}

const resultBlock = `<div class="form-row forcewire-list-only">
  <label for="node-input-output"><span data-i18n="dialog.output"></span></label>
  <select id="node-input-output">
    <option value="array" data-i18n="output.array"></option>
    <option value="page" data-i18n="output.page"></option>
    <option value="message" data-i18n="output.message"></option>
  </select>
</div>
<div class="form-row forcewire-list-only forcewire-page-only">
  <label for="node-input-pageSize"><span data-i18n="dialog.pageSize"></span></label>
  <input type="number" min="1" id="node-input-pageSize">
</div>
<div class="form-row">
  <label for="node-input-property" id="forcewire-property-label"><span data-i18n="dialog.property"></span></label>
  <input type="text" id="node-input-property" aria-labelledby="forcewire-property-label">
</div>`

const failedRowsRow = `<div class="form-row forcewire-load-only">
  <label for="node-input-failedRows"><span data-i18n="dialog.failedRows"></span></label>
  <select id="node-input-failedRows">
    <option value="error" data-i18n="failedRows.error"></option>
    <option value="output" data-i18n="failedRows.output"></option>
  </select>
</div>`
