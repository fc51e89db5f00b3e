import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow'
import { ForcewireClientCredentialsApi } from '../../../credentials/ForcewireClientCredentialsApi.credentials.ts'
import { ForcewireJwtApi } from '../../../credentials/ForcewireJwtApi.credentials.ts'
import { Salesforce } from '../../../nodes/Salesforce/Salesforce.node.ts'
import { SalesforceBulkTrigger } from '../../../nodes/SalesforceBulkTrigger/SalesforceBulkTrigger.node.ts'

const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  n8n: { nodes: string[]; credentials: string[] }
}
const credentials = [new ForcewireClientCredentialsApi(), new ForcewireJwtApi()]
const nodes: readonly INodeType[] = [new Salesforce(), new SalesforceBulkTrigger()]

describe('what n8n finds in the package', () => {
  it('is what the manifest promises, each file named after its class', () => {
    const fileOf = (type: object, kind: string) => `/${type.constructor.name}.${kind}.js`
    assert.ok(manifest.n8n.nodes.every((file, index) => file.endsWith(fileOf(nodes[index] as object, 'node'))))
    assert.ok(
      manifest.n8n.credentials.every((file, index) =>
        file.endsWith(fileOf(credentials[index] as object, 'credentials')),
      ),
    )
  })
})

for (const { description } of nodes) {
  describe(`the node ${description.displayName}`, () => {
    const all = flatten(description.properties)

    it('uses credential types of this package only', () => {
      const own = new Set(credentials.map(({ name }) => name))
      assert.deepEqual(
        description.credentials?.map(({ name }) => name).filter((name) => !own.has(name)),
        [],
      )
      assert.equal(description.credentials?.length, own.size)
    })

    it('offers for each credential type the choice that shows it', () => {
      const authentication = all.find(({ name }) => name === 'authentication')
      const choices = authentication?.options?.map((option) => (option as INodePropertyOptions).value)
      const shown = description.credentials?.map(({ displayOptions }) => displayOptions?.show?.authentication?.[0])
      assert.deepEqual(choices, shown)
    })

    it('has a subtitle, two icons and a description', () => {
      assert.match(String(description.subtitle), /^=\{\{.*\}\}$/)
      assert.notEqual((description.icon as { light: string }).light, (description.icon as { dark: string }).dark)
      assert.ok(description.description.length > 20)
    })

    it('shows no two parameters with one name at the same time', () => {
      const places = new Set<string>()
      for (const { name, displayOptions } of description.properties) {
        const shown = displayOptions?.show ?? {}
        for (const operation of shown.operation ?? ['']) {
          const place = `${name} ${shown.resource?.[0] ?? ''}.${operation}`
          assert.ok(!places.has(place), place)
          places.add(place)
        }
      }
    })

    it('gives each parameter a name in title case, a default of its type and a description without final stop', () => {
      for (const { displayName, name, type, default: given, description: text } of all) {
        assert.match(displayName, /^[A-Z]/, name)
        assert.notEqual(given, undefined, name)
        if (type === 'boolean') assert.equal(typeof given, 'boolean', name)
        if (type === 'number') assert.equal(typeof given, 'number', name)
        if (type === 'multiOptions') assert.ok(Array.isArray(given), name)
        if (type === 'boolean') assert.match(String(text), /^Whether /, name)
        if (text !== undefined && !/\. /.test(text)) assert.doesNotMatch(text, /\.$/, name)
      }
    })

    it('sorts the options of lists by name and gives every operation an action', () => {
      for (const property of all.filter(({ type }) => type === 'options')) {
        const options = (property.options ?? []) as INodePropertyOptions[]
        const names = options.map(({ name }) => name)
        assert.deepEqual(
          names,
          names.toSorted((a, b) => a.localeCompare(b)),
          property.name,
        )
        assert.ok(
          options.some(({ value }) => value === property.default),
          property.name,
        )
        if (property.name === 'operation')
          for (const option of options) assert.match(String(option.action), /^[A-Z][^A-Z]/)
      }
    })

    it('keeps expressions out of the choice of resource and operation', () => {
      for (const property of all.filter(({ name }) => name === 'resource' || name === 'operation')) {
        assert.equal(property.noDataExpression, true)
      }
    })

    it('implements every list that a parameter asks for', () => {
      const node = nodes.find((candidate) => candidate.description === description) as INodeType
      for (const { modes = [], typeOptions = {} } of all) {
        for (const mode of modes) {
          const method = mode.typeOptions?.searchListMethod
          if (method !== undefined) assert.equal(typeof node.methods?.listSearch?.[method], 'function', method)
        }
        const load = typeOptions.loadOptionsMethod
        if (load !== undefined) assert.equal(typeof node.methods?.loadOptions?.[load], 'function', load)
        const map = (typeOptions.resourceMapper as { resourceMapperMethod?: string } | undefined)?.resourceMapperMethod
        if (map !== undefined) assert.equal(typeof node.methods?.resourceMapping?.[map], 'function', map)
      }
    })
  })
}

describe('the action node', () => {
  it('is also a tool for AI agents, and the trigger is not', () => {
    assert.equal(nodes[0]?.description.usableAsTool, true)
    assert.equal(nodes[1]?.description.usableAsTool, undefined)
  })
})

describe('the trigger', () => {
  it('polls, has no input and belongs to the group of triggers', () => {
    const { polling, inputs, group } = nodes[1]?.description ?? {}
    assert.deepEqual({ polling, inputs, group }, { polling: true, inputs: [], group: ['trigger'] })
  })
})

function flatten(properties: readonly INodeProperties[]): INodeProperties[] {
  return properties.flatMap((property) =>
    property.type === 'collection' ? [property, ...flatten(property.options as INodeProperties[])] : [property],
  )
}
