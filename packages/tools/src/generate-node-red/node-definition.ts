import { type Operation, operationsOf, type Resource, resources } from '@forcewire/operations'

/** One generated node: a resource of the catalogue as Node-RED shows it. */
export interface NodeDefinition {
  /** Name of the set and of its files: `query`. */
  readonly set: string
  /** `forcewire-query` */
  readonly type: string
  /** Label in the palette and on the canvas: `sf query`. */
  readonly label: string
  readonly resource: Resource
  readonly operations: readonly Operation[]
}

/** The nodes that the catalogue makes, in its order. */
export function nodeDefinitions(): NodeDefinition[] {
  return resources.map((resource) => ({
    set: resource.name,
    type: `forcewire-${resource.name}`,
    label: `sf ${resource.name}`,
    resource,
    operations: operationsOf(resource.name),
  }))
}

/** `record.upsert` and `object` become the id of the input in the dialog. */
export function parameterInputId(operation: string, parameter: string): string {
  return `forcewire-${operation.replace('.', '-')}-${parameter}`
}

/** The catalogue without its code: what the dialogs in the browser need to know. */
export function editorCatalogue(): Record<string, unknown> {
  return Object.fromEntries(
    nodeDefinitions().flatMap(({ operations }) =>
      operations.map(({ id, rows, single, parameters }) => [id, { id, rows, single, parameters }]),
    ),
  )
}

/** Escapes text for HTML content and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
