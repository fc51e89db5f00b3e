import { catalogue, parameterLabel, text } from './bundled-catalogue.ts'
import { initialValue, isShown, isSingle, missingParameters } from './catalogue.ts'
import type { EditorNode, SavedValue } from './editor-api.ts'
import { forgetMetadata } from './metadata.ts'
import { ParameterField } from './parameter-field.ts'

/** The dialog that is open; Node-RED opens one dialog of a node at a time. */
let open: OperationDialog | undefined

/** Node-RED calls this when the dialog is in the page. */
export function prepare(node: EditorNode): void {
  open = new OperationDialog(node)
}

/** Node-RED calls this when the user presses Done. */
export function save(node: EditorNode): void {
  if (open === undefined) return
  node.parameters = open.values()
  cancel()
}

/** Node-RED calls this when the user presses Cancel. */
export function cancel(): void {
  open?.destroy()
  open = undefined
}

/** Is the node complete? The editor marks it and shows the returned text where it is not. */
export function validate(node: EditorNode, value: EditorNode['parameters'], _options: unknown): true | string {
  const operation = catalogue[node.operation]
  if (operation === undefined) return text('unknown-operation', { id: node.operation })
  const missing = missingParameters(operation, value ?? {}).map((name) => parameterLabel(operation.id, name))
  return missing.length === 0 || text('missing', { label: missing.join(', ') })
}

class OperationDialog {
  /** Values of every operation that was shown, by parameter name: what is filled in for one serves the next. */
  readonly #values: Record<string, SavedValue>
  readonly #fields = new Map<string, Map<string, ParameterField>>()
  #operation = ''

  constructor(node: EditorNode) {
    this.#values = { ...node.parameters }
    forgetMetadata()
    $('#node-input-input').typedInput({
      types: ['msg', 'flow', 'global', 'jsonata'],
      typeField: '#node-input-inputType',
    })
    $('#node-input-property').typedInput({ types: ['msg'] })
    $('#node-input-operation').on('change', () => this.#show($('#node-input-operation').val() ?? ''))
    $('#node-input-output').on('change', () => this.#arrange())
    this.#show(node.operation)
  }

  /** The filled-in values of the chosen operation. */
  values(): Record<string, SavedValue> {
    const values: Record<string, SavedValue> = {}
    for (const [name, field] of this.#fields.get(this.#operation) ?? []) {
      const { value } = field
      if (value.value !== '') values[name] = value
    }
    return values
  }

  destroy(): void {
    for (const fields of this.#fields.values()) for (const field of fields.values()) field.destroy()
  }

  #show(id: string): void {
    const operation = catalogue[id]
    if (operation === undefined || id === this.#operation) return
    Object.assign(this.#values, this.values())
    this.#operation = id
    $('.forcewire-operation').toggle(false)
    $(`.forcewire-operation[data-operation="${id}"]`).toggle(true)
    const fields = this.#fieldsOf(id)
    for (const [name, parameter] of Object.entries(operation.parameters)) {
      const field = fields.get(name)
      if (field !== undefined) field.value = this.#values[name] ?? initialValue(parameter)
    }
    this.#arrange()
  }

  /** Fields are made when their operation is first shown: a typedInput that is hidden has no width to go by. */
  #fieldsOf(id: string): Map<string, ParameterField> {
    const known = this.#fields.get(id)
    if (known !== undefined) return known
    const fields = new Map<string, ParameterField>()
    for (const [name, parameter] of Object.entries(catalogue[id]?.parameters ?? {})) {
      const surroundings = {
        operation: id,
        name,
        parameter,
        connection: () => $('#node-input-connection').val() ?? '',
        literalOf: (other: string) => fields.get(other)?.value.value ?? '',
      }
      fields.set(name, new ParameterField(surroundings, () => this.#arrange()))
    }
    this.#fields.set(id, fields)
    return fields
  }

  /** Shows what applies to the values as they are now. */
  #arrange(): void {
    const operation = catalogue[this.#operation]
    if (operation === undefined) return
    const fields = this.#fields.get(this.#operation)
    const values = Object.fromEntries([...(fields ?? [])].map(([name, field]) => [name, field.value]))
    for (const [name, parameter] of Object.entries(operation.parameters)) {
      fields?.get(name)?.show(isShown(operation, parameter, values))
    }
    const list = !isSingle(operation, values)
    const takesFile = Object.entries(operation.parameters).some(
      ([, parameter]) => parameter.kind === 'binary' && isShown(operation, parameter, values),
    )
    $('.forcewire-rows').toggle(operation.rows !== 'none' && !takesFile)
    $('.forcewire-list-only').toggle(list)
    $('.forcewire-page-only').toggle(list && $('#node-input-output').val() === 'page')
    $('.forcewire-load-only').toggle(operation.rows === 'many')
  }
}
