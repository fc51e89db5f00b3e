import { ConfigurationError } from '@forcewire/core/portable'
import type { IExecuteFunctions } from 'n8n-workflow'

/**
 * The file in a binary field of an item, as a stream where n8n keeps files outside the item (file system, S3,
 * database), else from memory.
 * @throws ConfigurationError when the item has no such field, naming those it has.
 */
export async function binaryStream(
  context: IExecuteFunctions,
  itemIndex: number,
  field: string,
): Promise<AsyncIterable<Uint8Array> | Uint8Array> {
  const binary = context.getInputData()[itemIndex]?.binary ?? {}
  if (!(field in binary)) {
    const names = Object.keys(binary)
    const found = names.length === 0 ? 'it has no file at all' : `it has ${names.map((name) => `"${name}"`).join(', ')}`
    throw new ConfigurationError(
      `Item ${itemIndex} has no file in the input field "${field}": ${found}. Put a node that reads the file before this one, or name its field.`,
    )
  }
  const { id } = context.helpers.assertBinaryData(itemIndex, field)
  return id === undefined ? context.helpers.getBinaryDataBuffer(itemIndex, field) : context.helpers.getBinaryStream(id)
}
