import { soql } from '@forcewire/core/portable'
import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow'
import { chosenObject, withClient } from './with-client.ts'

/** Objects that can be queried, by label or API name. */
export async function searchObjects(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
  return withClient(this, async (salesforce) => {
    const { sobjects } = await salesforce.describeGlobal()
    return matching(sobjects.filter(({ queryable }) => queryable).map(entry), filter)
  })
}

/** Fields of the chosen object. */
export async function searchFields(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
  return withClient(this, async (salesforce) => {
    const { fields } = await salesforce.sobject(chosenObject(this)).describe()
    return matching(fields.map(entry), filter)
  })
}

/** Fields of the chosen object that are marked as External ID (or, like Id, can be upserted by). */
export async function searchExternalIdFields(
  this: ILoadOptionsFunctions,
  filter?: string,
): Promise<INodeListSearchResult> {
  return withClient(this, async (salesforce) => {
    const { fields } = await salesforce.sobject(chosenObject(this)).describe()
    return matching(fields.filter(({ externalId, idLookup }) => externalId || idLookup).map(entry), filter)
  })
}

/** Records of the chosen object whose name holds the text, the newest first; at most 100. */
export async function searchRecords(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
  return withClient(this, async (salesforce) => {
    const object = chosenObject(this)
    const { fields } = await salesforce.sobject(object).describe()
    const name = fields.find(({ nameField }) => nameField === true)?.name ?? 'Id'
    const like = filter && name !== 'Id' ? ` WHERE ${name} LIKE ${soql.like`%${filter}%`}` : ''
    const query = `SELECT Id, ${name} FROM ${soql.name(object)}${like} ORDER BY LastModifiedDate DESC LIMIT 100`
    const records = await salesforce.query<Record<string, unknown>>(query).all()
    return { results: records.map((record) => ({ name: String(record[name] ?? record.Id), value: String(record.Id) })) }
  })
}

function entry({ name, label }: { readonly name: string; readonly label: string }): INodeListSearchItems {
  return { name: label === name ? name : `${label} (${name})`, value: name }
}

function matching(entries: readonly INodeListSearchItems[], filter = ''): INodeListSearchResult {
  const wanted = filter.toLowerCase()
  const results = entries.filter(({ name }) => name.toLowerCase().includes(wanted))
  return { results: results.sort((a, b) => a.name.localeCompare(b.name)) }
}
