/** The parts of Node-RED's editor, and of the jQuery in it, that the dialogs use. */
declare global {
  const RED: EditorApi
  const $: JQueryStatic
}

export interface EditorApi {
  _(key: string, values?: Readonly<Record<string, string | number>>): string
  notify(text: string, options: { type: 'success' | 'error' | 'warning'; timeout?: number }): void
  readonly editor: {
    createEditor(options: { id: string; mode: string; value: string } & Readonly<Record<string, unknown>>): CodeEditor
    editJSON(options: { value: string; complete: (value: string) => void }): void
  }
  readonly settings: { readonly context: { readonly default: string; readonly stores: readonly string[] } }
  readonly utils: { validateTypedProperty(value: string, type: string): boolean }
}

/** Monaco or Ace behind the editor's own face. */
export interface CodeEditor {
  getValue(): string
  setValue(value: string): void
  destroy(): void
  resize?(): void
  on(event: 'change', listener: () => void): void
}

export interface JQueryStatic {
  (selector: string | Element): JQuery
  getJSON(url: string): JQueryRequest
  ajax(options: { url: string; method: string; contentType: string; data: string }): JQueryRequest
}

/** A request of the editor; it carries the user's token by itself. */
export interface JQueryRequest {
  then(
    onDone: (body: unknown) => void,
    onFail: (failure: { readonly status: number; readonly responseJSON?: unknown }) => void,
  ): void
}

export interface JQuery {
  readonly length: number
  val(): string | undefined
  val(value: string): JQuery
  on(event: string, listener: () => void): JQuery
  toggle(visible: boolean): JQuery
  find(selector: string): JQuery
  closest(selector: string): JQuery
  text(value: string): JQuery
  prop(name: string, value: boolean): JQuery
  trigger(event: string | { type: string; keyCode: number }): JQuery
  get(index: number): HTMLElement | undefined
  typedInput(options: TypedInputOptions): JQuery
  typedInput(method: 'value' | 'type'): string
  typedInput(method: 'value' | 'type', value: string): JQuery
  typedInput(method: 'show' | 'hide' | 'validate'): JQuery
  autoComplete(options: { search: Search; minLength: number }): JQuery
}

export interface TypedInputOptions {
  readonly types: readonly (string | TypedInputType)[]
  readonly default?: string
  readonly typeField?: string
}

/** A type of a typedInput. */
export interface TypedInputType {
  readonly value: string
  readonly label: string
  readonly icon?: string
  readonly hasValue?: boolean
  readonly showLabel?: boolean
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly autoComplete?: Search
  readonly expand?: ((this: TypedInputWidget) => void) & { icon?: string }
  readonly validate?: (value: string) => true | string
}

/** What `this` is inside a type's functions. */
export interface TypedInputWidget {
  readonly input: JQuery
  value(): string
  value(value: string): void
}

/** Finds completions for what was typed; two parameters tell the widget that it is asynchronous. */
export type Search = (typed: string, done: (completions: Completion[]) => void) => void

export interface Completion {
  readonly value: string
  /** The menu of completions takes text or a jQuery object, no plain element. */
  readonly label: string | JQuery
}

/** A node as the editor holds it. */
export interface EditorNode {
  readonly id: string
  readonly type: string
  operation: string
  parameters: Record<string, SavedValue>
  [property: string]: unknown
}

/** A typedInput's value as it is saved. */
export interface SavedValue {
  readonly type: string
  readonly value: string
}
