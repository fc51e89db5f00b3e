import { Readable } from 'node:stream'
import {
  type IBinaryData,
  type IDataObject,
  type IExecuteFunctions,
  type ILoadOptionsFunctions,
  type INode,
  type INodeExecutionData,
  type INodeParameters,
  type INodeProperties,
  type INodeType,
  type IPollFunctions,
  type NodeExecutionHint,
  NodeHelpers,
} from 'n8n-workflow'
import { FakeHttp, type StoredCredential } from './fake-http.ts'

/** What a workflow says about the node, and what comes into it. */
export interface FakeSetup {
  readonly nodeType: INodeType
  readonly parameters: INodeParameters
  readonly credentials?: readonly StoredCredential[]
  readonly items?: readonly INodeExecutionData[]
  readonly onError?: INode['onError']
  readonly signal?: AbortSignal
  /** Bytes of the files that items hold outside of themselves, by the id of their binary data. */
  readonly files?: Readonly<Record<string, Uint8Array>>
  readonly mode?: 'manual' | 'trigger'
  readonly staticData?: IDataObject
}

/** The parts of n8n that a node touches, with n8n's own rules for defaults, visibility and resource locators. */
export class FakeN8n {
  readonly node: INode
  readonly http: FakeHttp
  readonly hints: NodeExecutionHint[] = []
  readonly #setup: FakeSetup

  constructor(setup: FakeSetup) {
    const { description } = setup.nodeType
    this.#setup = setup
    const bare: INode = {
      id: 'node-1',
      name: description.displayName,
      type: `n8n-nodes-forcewire.${description.name}`,
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
      ...(setup.onError === undefined ? {} : { onError: setup.onError }),
    }
    const parameters = NodeHelpers.getNodeParameters(
      description.properties,
      setup.parameters,
      true,
      false,
      bare,
      description,
    )
    this.node = { ...bare, parameters: parameters ?? {} }
    this.http = new FakeHttp(this.node, setup.credentials ?? [])
  }

  /** Runs `execute` and gives its outputs, error output last where the node has one. */
  async execute(): Promise<INodeExecutionData[][]> {
    return ((await this.#setup.nodeType.execute?.call(this.#context() as unknown as IExecuteFunctions)) ??
      []) as INodeExecutionData[][]
  }

  /** Runs one `poll`. */
  async poll(): Promise<INodeExecutionData[][] | null> {
    const { getInputData: _none, ...context } = this.#context()
    return (
      (await this.#setup.nodeType.poll?.call({
        ...context,
        getNodeParameter: this.#shared,
      } as unknown as IPollFunctions)) ?? null
    )
  }

  /** The context in which the editor asks for lists. */
  editor(): ILoadOptionsFunctions {
    const { getInputData: _none, ...context } = this.#context()
    const getCurrentNodeParameter = (name: string, options?: { extractValue?: boolean }): unknown =>
      this.#shared(name, undefined, options)
    return { ...context, getNodeParameter: this.#shared, getCurrentNodeParameter } as unknown as ILoadOptionsFunctions
  }

  readonly #shared = (name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown =>
    this.#parameter(name, fallback, options)

  #parameter(name: string, fallback: unknown, options: { extractValue?: boolean } = {}): unknown {
    const value = this.node.parameters[name] ?? fallback
    if (value === undefined) throw new Error(`Could not get parameter "${name}"`)
    if (options.extractValue !== true) return value
    const { description } = this.#setup.nodeType
    const property = NodeHelpers.findDisplayedProperty(
      name,
      description.properties,
      this.node.parameters,
      this.node,
      description,
    )
    if (property === null) throw new Error(`Could not find property "${name}"`)
    return extracted(value, property as INodeProperties)
  }

  #context(): Record<string, unknown> {
    const { onError, files = {}, signal, mode = 'trigger', staticData = {} } = this.#setup
    const items: readonly INodeExecutionData[] = this.#setup.items ?? [{ json: {} }]
    const binaryOf = (index: number, field: string): IBinaryData => items[index]?.binary?.[field] as IBinaryData
    return {
      getNode: () => this.node,
      getWorkflow: () => ({ id: 'workflow-1', name: 'Test', active: true }),
      getMode: () => mode,
      getWorkflowStaticData: () => staticData,
      getInputData: () => items,
      getNodeParameter: (name: string, _item: number, fallback?: unknown, options?: { extractValue?: boolean }) =>
        this.#parameter(name, fallback, options),
      continueOnFail: () => onError === 'continueRegularOutput' || onError === 'continueErrorOutput',
      getExecutionCancelSignal: () => signal,
      addExecutionHints: (...hints: NodeExecutionHint[]) => this.hints.push(...hints),
      helpers: {
        httpRequestWithAuthentication: this.http.httpRequestWithAuthentication,
        assertBinaryData: binaryOf,
        getBinaryDataBuffer: async (index: number, field: string) => Buffer.from(binaryOf(index, field).data, 'base64'),
        getBinaryStream: async (id: string) => Readable.from([files[id]]),
      },
    }
  }
}

function extracted(value: unknown, property: INodeProperties): unknown {
  if (property.type !== 'resourceLocator' || typeof value !== 'object' || value === null) return value
  const { mode, value: inner } = value as { mode: string; value: string }
  const rule = property.modes?.find(({ name }) => name === mode)?.extractValue
  if (rule === undefined) return inner
  const found = new RegExp(String(rule.regex)).exec(inner)?.[1]
  if (found === undefined) throw new Error(`${property.displayName} parameter's value is invalid`)
  return found
}
