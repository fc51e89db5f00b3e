import type { Org } from '../org/org.ts'

const PRODUCTS = [
  ['Gateway', 'GW-100', 1200],
  ['Sensor', 'SN-20', 89.5],
  ['Support, one year', 'SUP-12', 450],
] as const

const CAMPAIGNS = [
  ['Spring Webinar', 'Webinar', 'Completed'],
  ['Partner Day', 'Partners', 'Planned'],
] as const

/** Products with prices, line items on some opportunities, campaigns with members, and appointments. */
export function seedSales(
  { records }: Org,
  { contacts, opportunities }: { contacts: readonly string[]; opportunities: readonly string[] },
): void {
  const Pricebook2Id = records.insert(
    'Pricebook2',
    { Name: 'Standard Price Book', IsActive: 1, IsStandard: 1 },
    { asSystem: true },
  )
  const entries = PRODUCTS.map(([Name, ProductCode, UnitPrice]) => {
    const Product2Id = records.insert('Product2', { Name, ProductCode, IsActive: 1 })
    return records.insert('PricebookEntry', { Pricebook2Id, Product2Id, UnitPrice, IsActive: 1 })
  })
  for (const [index, OpportunityId] of opportunities.slice(0, 10).entries()) {
    const PricebookEntryId = entries[index % entries.length] ?? null
    records.insert('OpportunityLineItem', { OpportunityId, PricebookEntryId, Quantity: index + 1 })
  }
  for (const [index, [Name, Type, Status]] of CAMPAIGNS.entries()) {
    const CampaignId = records.insert('Campaign', { Name, Type, Status, IsActive: 1 })
    for (const ContactId of contacts.slice(index * 10, index * 10 + 10)) {
      records.insert('CampaignMember', { CampaignId, ContactId })
    }
  }
  for (const [index, WhoId] of contacts.slice(0, 10).entries()) {
    const StartDateTime = `2026-07-${String(index + 1).padStart(2, '0')}T09:00:00.000Z`
    records.insert('Event', { Subject: 'Meeting', WhoId, StartDateTime, DurationInMinutes: 30 })
  }
}
