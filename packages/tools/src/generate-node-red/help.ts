import type { Operation, Parameter } from '@forcewire/operations'
import { escapeHtml, type NodeDefinition } from './node-definition.ts'

/** The help of a node, in the order of Node-RED's style guide: what it is, inputs, outputs, details, references. */
export function helpHtml({ type, resource, operations }: NodeDefinition): string {
  return `<script type="text/html" data-help-name="${type}">
<p>${escapeHtml(resource.description)}.</p>
${inputs(operations)}
${outputs(operations)}
<h3>Details</h3>
${operations.map(operationHelp).join('\n')}
<h4>Values</h4>
<p>Every field of the dialog is a fixed value, or says where the value is: in the message, in a context, in an environment
variable, or in a JSONata expression. Object and field names are completed from the org once the connection is deployed;
any name can be typed.</p>
${errorHelp}
<h3>References</h3>
<ul>
${operations.map(({ label, documentation }) => `<li><a href="${documentation}" target="_blank" rel="noreferrer">Salesforce: ${escapeHtml(label)}</a></li>`).join('\n')}
</ul>
</script>`
}

function inputs(operations: readonly Operation[]): string {
  const takers = operations.filter(({ rows }) => rows !== 'none')
  const rows = takers.map(({ label, rows: input }) =>
    input === 'one'
      ? `${escapeHtml(label)}: an object, the record`
      : `${escapeHtml(label)}: an array of objects, one a row, or one object`,
  )
  const payload =
    rows.length === 0
      ? ''
      : property(
          'payload',
          'object | array',
          `The data to send, with field names as keys. ${rows.join('. ')}. Another place can be chosen.`,
        )
  return `<h3>Inputs</h3>
<dl class="message-properties">
${payload}${property('cancel', 'boolean', '<code>true</code> ends what this node is doing.', true)}
</dl>`
}

function outputs(operations: readonly Operation[]): string {
  const lists = operations.some((operation) => operation.single !== true && operation.rows !== 'one')
  const shape = lists
    ? 'The result. Lists come as one array, as pages, or as one message a row; the latter two carry <code>msg.parts</code>, so that a Join node can put them together again. An empty list is one message with an empty array.'
    : 'The result, an object.'
  return `<h3>Outputs</h3>
<dl class="message-properties">
${property('payload', lists ? 'object | array' : 'object', shape)}
${property('salesforce', 'object', 'Facts beside the result: <code>operation</code>, <code>jobId</code> of a bulk job, and <code>limits</code> with the API requests used and allowed.')}
</dl>
<p>All other properties of the message are kept.</p>`
}

function property(name: string, kind: string, html: string, optional = false): string {
  return `<dt${optional ? ' class="optional"' : ''}>${name} <span class="property-type">${kind}</span></dt>
<dd>${html}</dd>
`
}

function operationHelp({ label, description, parameters, rows }: Operation): string {
  const entries = Object.values(parameters)
  const list =
    entries.length === 0 ? '' : `<dl class="message-properties">\n${entries.map(parameterHelp).join('\n')}\n</dl>`
  const partial =
    rows === 'many'
      ? '<p>Rows that Salesforce refuses are part of the result, each with its reason. The node reports them as an error too, after the result was sent, unless <i>Failed Rows</i> says otherwise; all other rows are loaded.</p>'
      : ''
  return `<h4>${escapeHtml(label)}</h4>
<p>${escapeHtml(description)}</p>
${list}${partial}`
}

function parameterHelp({ label, description, required, options }: Parameter): string {
  const choices =
    options === undefined
      ? ''
      : ` (${options.map((option) => escapeHtml(option.description === undefined ? option.label : `${option.label}: ${option.description}`)).join('; ')})`
  return `<dt${required ? '' : ' class="optional"'}>${escapeHtml(label)}</dt>
<dd>${escapeHtml(description)}${choices}.</dd>`
}

const errorHelp = `<h4>Errors</h4>
<p>A failed message goes to a Catch node. <code>msg.error.message</code> says what happened and what to do,
<code>msg.error.code</code> is the code of Salesforce, such as <code>REQUIRED_FIELD_MISSING</code>, or one of these:</p>
<table>
<tr><th>code</th><th>meaning</th></tr>
<tr><td><code>ERR_SF_CONFIG</code></td><td>A value of this node or its connection is missing or wrong; nothing was sent</td></tr>
<tr><td><code>ERR_SF_AUTH</code>, <code>invalid_client</code>, ...</td><td>Salesforce refused the login</td></tr>
<tr><td><code>ERR_SF_TRANSPORT</code>, <code>ERR_SF_TIMEOUT</code></td><td>No answer: address, network or proxy</td></tr>
<tr><td><code>ERR_SF_BULK_JOB</code></td><td>A bulk job failed as a whole or was aborted</td></tr>
<tr><td><code>CANCELLED</code></td><td>Ended by <code>msg.cancel</code></td></tr>
</table>
<p><code>msg.error.cause</code> holds <code>status</code>, <code>errors</code> and <code>retryable</code>. What is worth
repeating was already repeated when an error arrives.</p>`
