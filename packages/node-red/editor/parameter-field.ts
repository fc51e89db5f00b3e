import { initialValue } from './catalogue.ts'
import type { CodeEditor, JQuery, SavedValue } from './editor-api.ts'
import { parameterInputId } from './input-id.ts'
import { type FieldSurroundings, typesFor } from './parameter-types.ts'

/** One parameter in the dialog: a typedInput, and for SOQL a code editor under it. */
export class ParameterField {
  readonly #input: JQuery
  readonly #row: JQuery
  readonly #soql: SoqlEditor | undefined

  constructor(surroundings: FieldSurroundings, onChange: () => void) {
    const { operation, name, parameter } = surroundings
    const id = parameterInputId(operation, name)
    this.#input = $(`#${id}`)
    this.#row = this.#input.closest('.form-row')
    const { type } = initialValue(parameter)
    if (parameter.kind === 'soql') {
      const soqlType = { value: 'str', label: 'SOQL', icon: 'fa fa-database', hasValue: false }
      this.#input.typedInput({ types: [soqlType, 'msg', 'flow', 'global', 'env', 'jsonata'], default: 'str' })
      this.#soql = new SoqlEditor(id, this.#input)
    } else {
      this.#input.typedInput({ types: typesFor(surroundings), default: type })
    }
    this.#input.on('change', () => {
      this.#soql?.toggle(this.#input.typedInput('type') === 'str')
      onChange()
    })
  }

  get value(): SavedValue {
    const type = this.#input.typedInput('type')
    const value = this.#soql !== undefined && type === 'str' ? this.#soql.value : this.#input.typedInput('value')
    return { type, value: String(value ?? '') }
  }

  set value({ type, value }: SavedValue) {
    this.#input.typedInput('type', type)
    if (this.#soql !== undefined && type === 'str') this.#soql.value = value
    else this.#input.typedInput('value', value)
    this.#input.typedInput('validate')
  }

  show(visible: boolean): void {
    this.#row.toggle(visible)
  }

  destroy(): void {
    this.#soql?.destroy()
  }
}

/** A query is short: long lines wrap, and there is nothing to overview. */
const soqlLook = { minimap: { enabled: false }, lineNumbers: false, wordWrap: 'on' } as const

/** Several lines with SOQL highlighting; shown while the value is literal text. */
class SoqlEditor {
  readonly #container: HTMLElement
  readonly #editor: CodeEditor

  constructor(id: string, input: JQuery) {
    this.#container = document.createElement('div')
    this.#container.id = `${id}-editor`
    this.#container.className = 'node-text-editor forcewire-soql'
    input.closest('.forcewire-value').find('.forcewire-hint').get(0)?.before(this.#container)
    this.#editor = RED.editor.createEditor({ id: this.#container.id, mode: 'ace/mode/sql', value: '', ...soqlLook })
  }

  get value(): string {
    return this.#editor.getValue()
  }

  set value(value: string) {
    this.#editor.setValue(value)
  }

  toggle(visible: boolean): void {
    this.#container.style.display = visible ? '' : 'none'
  }

  destroy(): void {
    this.#editor.destroy()
  }
}
