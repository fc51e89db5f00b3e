import { decimal, field, picklist, readOnly, text, textArea } from './fields.ts'
import type { FieldSchema } from './types.ts'

const ACCURACIES = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
]

/** Parts of an address in the order of the compound value, by the suffix of their field names. */
export const ADDRESS_PARTS: readonly string[] = [
  'City',
  'Country',
  'GeocodeAccuracy',
  'Latitude',
  'Longitude',
  'PostalCode',
  'State',
  'Street',
]

/** The fields of one compound address: `prefix` is `Billing` in `BillingCity` and `BillingAddress`, '' on Lead. */
export function addressFields(prefix: string): FieldSchema[] {
  const label = prefix ? `${prefix} ` : ''
  const part = { compoundFieldName: `${prefix}Address` }
  return [
    textArea(`${prefix}Street`, `${label}Street`, 255, part),
    text(`${prefix}City`, `${label}City`, 40, part),
    text(`${prefix}State`, `${label}State/Province`, 80, part),
    text(`${prefix}PostalCode`, `${label}Zip/Postal Code`, 20, part),
    text(`${prefix}Country`, `${label}Country`, 80, part),
    decimal(`${prefix}Latitude`, `${label}Latitude`, 'double', 18, 15, part),
    decimal(`${prefix}Longitude`, `${label}Longitude`, 'double', 18, 15, part),
    picklist(`${prefix}GeocodeAccuracy`, `${label}Geocode Accuracy`, ACCURACIES, {
      ...part,
      length: 40,
      restrictedPicklist: true,
    }),
    readOnly(`${prefix}Address`, `${label}Address`, 'address'),
  ]
}

/** A field that holds a telephone number. */
export function phone(name: string, label: string): FieldSchema {
  return field(name, label, 'phone', { length: 40 })
}
