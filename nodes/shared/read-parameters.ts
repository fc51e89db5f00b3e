import { isShown, type Operation, type Parameters, type ParameterValues, settleParameters } from '@forcewire/operations'
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow'
import { binaryStream } from './item-binary.ts'
import { isOption } from './operation-properties.ts'
import { parameterName } from './parameter-name.ts'

/**
 * Reads the parameters of an operation for one item and settles them. Hidden ones are not read: n8n keeps no value
 * for them.
 * @throws ConfigurationError naming the parameter whose value cannot be used.
 */
export async function readParameters(
  context: IExecuteFunctions,
  operation: Operation,
  itemIndex: number,
): Promise<ParameterValues<Parameters>> {
  const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject
  const raw: Record<string, unknown> = {}
  for (const [key, parameter] of Object.entries(operation.parameters)) {
    if (!isShown(parameter, raw)) continue
    const name = parameterName(operation, key)
    const value = isOption(operation, key)
      ? (options[name] ?? parameter.default)
      : context.getNodeParameter(name, itemIndex, parameter.default ?? '', { extractValue: true })
    raw[key] = parameter.kind === 'binary' ? await binaryStream(context, itemIndex, String(value)) : value
  }
  return settleParameters(operation, raw)
}
