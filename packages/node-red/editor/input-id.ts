/** `record.upsert` and `object` give the id of the input in the generated dialog. */
export function parameterInputId(operation: string, parameter: string): string {
  return `forcewire-${operation.replace('.', '-')}-${parameter}`
}
