import { checkbox, decimal, field, lookup, picklist, readOnly, text, textArea } from '../fields.ts'
import { auditFields, identityFields, ownerField, viewFields } from '../system-fields.ts'
import type { ObjectSchema, StoredRow } from '../types.ts'

interface Stage {
  readonly probability: number
  readonly forecast: string
}

/** The stages of a new org with the probability and forecast category each one implies. */
const STAGES: Readonly<Record<string, Stage>> = {
  Prospecting: { probability: 10, forecast: 'Pipeline' },
  Qualification: { probability: 10, forecast: 'Pipeline' },
  'Needs Analysis': { probability: 20, forecast: 'Pipeline' },
  'Value Proposition': { probability: 50, forecast: 'Pipeline' },
  'Id. Decision Makers': { probability: 60, forecast: 'Pipeline' },
  'Perception Analysis': { probability: 70, forecast: 'Pipeline' },
  'Proposal/Price Quote': { probability: 75, forecast: 'Pipeline' },
  'Negotiation/Review': { probability: 90, forecast: 'Pipeline' },
  'Closed Won': { probability: 100, forecast: 'Closed' },
  'Closed Lost': { probability: 0, forecast: 'Omitted' },
}

/** What users see of a forecast category. */
const FORECAST_NAMES: Readonly<Record<string, string>> = {
  Omitted: 'Omitted',
  Pipeline: 'Pipeline',
  BestCase: 'Best Case',
  Forecast: 'Commit',
  Closed: 'Closed',
}

const UNKNOWN_STAGE: Stage = { probability: 0, forecast: 'Pipeline' }

/** Opportunity after the Object Reference ("Opportunity"). */
export const opportunity: ObjectSchema = {
  name: 'Opportunity',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  keyPrefix: '006',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  derive: deriveFromStage,
  validationRules: [
    { message: 'An amount cannot be negative.', field: 'Amount', refuses: (row) => Number(row.Amount ?? 0) < 0 },
    { message: 'A probability is at most 100 %.', refuses: (row) => Number(row.Probability ?? 0) > 100 },
  ],
  fields: [
    ...identityFields('Opportunity'),
    lookup('AccountId', 'Account ID', ['Account'], 'Account', { children: 'Opportunities', cascadeDelete: true }),
    text('Name', 'Name', 120, { nillable: false, nameField: true }),
    textArea('Description', 'Description', 32_000),
    picklist('StageName', 'Stage', Object.keys(STAGES), { nillable: false }),
    decimal('Amount', 'Amount', 'currency', 18, 2),
    decimal('Probability', 'Probability (%)', 'percent', 3, 0),
    readOnly('ExpectedRevenue', 'Expected Amount', 'currency', { precision: 18, scale: 2, calculated: true }),
    field('CloseDate', 'Close Date', 'date', { nillable: false }),
    picklist('Type', 'Opportunity Type', [
      'Existing Customer - Upgrade',
      'Existing Customer - Replacement',
      'Existing Customer - Downgrade',
      'New Customer',
    ]),
    lookup('CampaignId', 'Campaign ID', ['Campaign'], 'Campaign', { children: 'Opportunities' }),
    lookup('Pricebook2Id', 'Price Book ID', ['Pricebook2'], 'Pricebook2'),
    text('NextStep', 'Next Step', 255),
    picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
    checkbox('IsClosed', 'Closed', { createable: false, updateable: false }),
    checkbox('IsWon', 'Won', { createable: false, updateable: false }),
    readOnly('ForecastCategory', 'Forecast Category', 'picklist', {
      length: 40,
      nillable: false,
      defaultedOnCreate: true,
      restrictedPicklist: true,
    }),
    picklist('ForecastCategoryName', 'Forecast Category', Object.values(FORECAST_NAMES)),
    checkbox('HasOpportunityLineItem', 'Has Line Item', { createable: false, updateable: false }),
    decimal('TotalOpportunityQuantity', 'Quantity', 'double', 18, 2),
    checkbox('IsPrivate', 'Private'),
    readOnly('FiscalQuarter', 'Fiscal Quarter', 'int', { digits: 9 }),
    readOnly('FiscalYear', 'Fiscal Year', 'int', { digits: 9 }),
    readOnly('Fiscal', 'Fiscal Period', 'string', { length: 6 }),
    readOnly('LastStageChangeDate', 'Last Stage Change Date', 'datetime'),
    lookup('ContactId', 'Contact ID', ['Contact'], null, { updateable: false }),
    ownerField(),
    ...auditFields(),
    ...viewFields(),
    readOnly('LastActivityDate', 'Last Activity', 'date'),
  ],
}

function deriveFromStage(row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined, now: string): StoredRow {
  const stage = STAGES[String(row.StageName)] ?? UNKNOWN_STAGE
  const stageMoved = previous !== undefined && previous.StageName !== row.StageName
  const probabilityGiven = previous ? previous.Probability !== row.Probability : row.Probability != null
  const probability =
    (previous === undefined || stageMoved) && !probabilityGiven ? stage.probability : (row.Probability ?? null)
  const amount = row.Amount ?? null
  return {
    Probability: probability,
    ExpectedRevenue: amount === null || probability === null ? null : (Number(amount) * Number(probability)) / 100,
    IsClosed: Number(row.StageName === 'Closed Won' || row.StageName === 'Closed Lost'),
    IsWon: Number(row.StageName === 'Closed Won'),
    ...forecastOf(row, previous, stage),
    ...(stageMoved && { LastStageChangeDate: now }),
    ...fiscalPeriod(String(row.CloseDate)),
  }
}

/** The category follows the stage when that changes, unless its name is given. */
function forecastOf(row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined, stage: Stage): StoredRow {
  const name = row.ForecastCategoryName ?? null
  const given = Object.entries(FORECAST_NAMES).find((entry) => entry[1] === name)?.[0]
  if (given !== undefined && name !== previous?.ForecastCategoryName) return { ForecastCategory: given }
  if (previous?.StageName === row.StageName) return {}
  return { ForecastCategory: stage.forecast, ForecastCategoryName: FORECAST_NAMES[stage.forecast] ?? null }
}

/** The quarter of the day, in fiscal years that begin with January as those of a new org do. */
function fiscalPeriod(day: string): StoredRow {
  const year = Number(day.slice(0, 4))
  const quarter = Math.ceil(Number(day.slice(5, 7)) / 3)
  return { FiscalYear: year, FiscalQuarter: quarter, Fiscal: `${year} ${quarter}` }
}
