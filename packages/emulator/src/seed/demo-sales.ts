import type { RecordInput } from '../records/field-input.ts'
import { type DemoOrg, times } from './demo-org.ts'

const OPPORTUNITIES = 400
const CAMPAIGNS = 12
/** Contacts and leads of each campaign. */
const MEMBERS = 15

const PRODUCTS = [
  ['Gateway', 'GW-100', 1200],
  ['Gateway XL', 'GW-200', 2900],
  ['Sensor', 'SN-20', 89.5],
  ['Sensor, outdoor', 'SN-40', 149],
  ['Controller', 'CT-10', 640],
  ['Display', 'DP-7', 320],
  ['Power supply', 'PS-48', 75],
  ['Rack kit', 'RK-19', 210],
  ['Support, one year', 'SUP-12', 450],
  ['Support, three years', 'SUP-36', 1150],
  ['Installation', 'SRV-1', 980],
  ['Training, one day', 'SRV-2', 1400],
] as const

/** What is sold, to whom: products with prices, opportunities with line items, orders of won ones, campaigns with members. */
export function addSales(org: DemoOrg): void {
  const Pricebook2Id = org.add('Pricebook2', { Name: 'Standard Price Book', IsActive: 1, IsStandard: 1 })
  const entries = PRODUCTS.map(([Name, ProductCode, UnitPrice]) => {
    const Product2Id = org.add('Product2', { Name, ProductCode, IsActive: 1 })
    return org.add('PricebookEntry', { Pricebook2Id, Product2Id, UnitPrice, IsActive: 1 })
  })
  times(OPPORTUNITIES, () => addOpportunity(org, Pricebook2Id, entries))
  times(CAMPAIGNS, (index) => addCampaign(org, index))
}

/** Half of the opportunities are closed; early ones have an amount only, won ones with line items an order of the same. */
function addOpportunity(org: DemoOrg, Pricebook2Id: string, entries: readonly string[]): void {
  const { invent } = org
  const { id: AccountId, ownerId: OwnerId, opportunities } = invent.pick(org.accounts)
  const input = opportunity(org)
  const OpportunityId = org.add('Opportunity', { ...input, AccountId, OwnerId, Pricebook2Id })
  opportunities.push(OpportunityId)
  if (invent.chance(0.3)) return
  const products = invent.faker.helpers.arrayElements(entries, { min: 1, max: 3 })
  const lines = products.map((PricebookEntryId) => ({ PricebookEntryId, Quantity: invent.number(1, 20) }))
  for (const line of lines) org.add('OpportunityLineItem', { OpportunityId, ...line })
  if (input.StageName !== 'Closed Won') return
  const EffectiveDate = input.CloseDate ?? null
  const OrderId = org.add('Order', { AccountId, OwnerId, Pricebook2Id, EffectiveDate, Status: 'Activated' })
  for (const line of lines) org.add('OrderItem', { OrderId, ...line })
}

function opportunity({ invent }: DemoOrg): RecordInput {
  const closed = invent.chance(0.5)
  return {
    Name: invent.faker.commerce.productName(),
    StageName: invent.oneOf('Opportunity', 'StageName', (stage) => stage.startsWith('Closed') === closed),
    Type: invent.oneOf('Opportunity', 'Type'),
    LeadSource: invent.oneOf('Opportunity', 'LeadSource'),
    Amount: invent.number(5, 2000) * 250,
    CloseDate: closed ? invent.past(540) : invent.future(270),
    NextStep: closed ? null : invent.pick(['Call back', 'Send quote', 'Arrange a demo', 'Meet the board']),
  }
}

/** A campaign that is over, or one to come, to whose members nothing has been sent yet. */
function addCampaign(org: DemoOrg, index: number): void {
  const { invent } = org
  const over = index < CAMPAIGNS / 2
  const type = invent.oneOf('Campaign', 'Type')
  const StartDate = over ? invent.past(360) : invent.future(180)
  const CampaignId = org.add('Campaign', {
    Name: `${type ?? 'Campaign'} ${StartDate.slice(0, 7)}`,
    Type: type,
    Status: over ? 'Completed' : 'Planned',
    StartDate,
    BudgetedCost: invent.number(10, 200) * 100,
    IsActive: 1,
    OwnerId: invent.pick(org.sellers),
  })
  const response = (): RecordInput => ({ Status: over && invent.chance(0.3) ? 'Responded' : 'Sent' })
  const { arrayElements } = invent.faker.helpers
  for (const { contacts } of arrayElements(org.accounts, MEMBERS)) {
    org.add('CampaignMember', { CampaignId, ContactId: contacts[0] ?? null, ...response() })
  }
  for (const LeadId of arrayElements(org.leads, MEMBERS)) {
    org.add('CampaignMember', { CampaignId, LeadId, ...response() })
  }
}
