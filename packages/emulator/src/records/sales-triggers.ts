import { RecordError } from '../errors.ts'
import type { StoredRow } from '../schema/types.ts'
import type { RecordStore } from './record-store.ts'

/** Objects with products: which object they belong to, and where that keeps the sum. */
const LINES = [
  { item: 'OpportunityLineItem', parent: 'Opportunity', sum: 'Amount' },
  { item: 'OrderItem', parent: 'Order', sum: 'TotalAmount' },
] as const

/**
 * What the platform does along with the writes of prices, products of opportunities and orders, and campaign members: names
 * and prices are copied down, sums and counts are carried up (Object Reference, "PricebookEntry", "OpportunityLineItem",
 * "OrderItem", "CampaignMember"). Deletions do not change sums.
 */
export function addSalesTriggers(records: RecordStore): void {
  records.addTrigger('PricebookEntry', {
    before: (row) => {
      const product = records.get('Product2', String(row.Product2Id))
      Object.assign(row, { Name: product?.Name ?? null, ProductCode: product?.ProductCode ?? null })
    },
  })
  for (const { item, parent, sum } of LINES) {
    records.addTrigger(item, {
      before: (row, previous) => {
        if (!previous) copyEntry(records, row)
        row.TotalPrice = Number(row.UnitPrice ?? 0) * Number(row.Quantity)
      },
      after: (row) => {
        const items = records.findBy(item, `${parent}Id`, row[`${parent}Id`] ?? null)
        const total = items.reduce((so, { TotalPrice }) => so + Number(TotalPrice ?? 0), 0)
        const carried = { [sum]: total, ...(parent === 'Opportunity' && { HasOpportunityLineItem: 1 }) }
        records.update(parent, String(row[`${parent}Id`]), carried, { asSystem: true })
      },
    })
  }
  records.addTrigger('CampaignMember', { after: (row) => countMembers(records, String(row.CampaignId)) })
}

/** A new line item names its product by the entry of a price book; a price of its own is allowed. */
function copyEntry(records: RecordStore, row: StoredRow): void {
  const entry = row.PricebookEntryId ? records.get('PricebookEntry', String(row.PricebookEntryId)) : undefined
  if (!entry) {
    throw new RecordError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [PricebookEntryId]', [
      'PricebookEntryId',
    ])
  }
  Object.assign(row, {
    Product2Id: entry.Product2Id,
    ProductCode: entry.ProductCode,
    Name: entry.Name,
    ListPrice: entry.UnitPrice,
    UnitPrice: row.UnitPrice ?? entry.UnitPrice,
  })
}

function countMembers(records: RecordStore, campaignId: string): void {
  const members = records.findBy('CampaignMember', 'CampaignId', campaignId)
  const count = (isCounted: (member: StoredRow) => boolean): number => members.filter(isCounted).length
  const counts = {
    NumberOfLeads: count((member) => member.Type === 'Lead'),
    NumberOfContacts: count((member) => member.Type === 'Contact'),
    NumberOfResponses: count((member) => member.HasResponded === 1),
  }
  records.update('Campaign', campaignId, counts, { asSystem: true })
}
