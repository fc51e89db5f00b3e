import { OBJECT_TRAITS } from '../schema/object-traits.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { FieldSchema, FieldType, ObjectSchema } from '../schema/types.ts'

const SOAP_TYPES: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
  base64: 'xsd:base64Binary',
}

/** One object as GET /sobjects lists it and as `objectDescribe` shows it. */
export function describeBriefly(object: ObjectSchema, version: string): Record<string, unknown> {
  const road = `/services/data/v${version}/sobjects/${object.name}`
  const usual = {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable,
    deprecatedAndHidden: false,
    feedEnabled: true,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: true,
    mergeable: false,
    mruEnabled: true,
    name: object.name,
    queryable: object.queryable ?? true,
    replicateable: true,
    retrieveable: true,
    searchable: object.searchable,
    triggerable: true,
    undeletable: object.deletable,
    updateable: object.updateable,
    urls: { sobject: road, describe: `${road}/describe`, rowTemplate: `${road}/{ID}` },
  }
  const told = Object.entries(object.described ?? {}).filter(([name]) => name in usual)
  return { ...usual, ...OBJECT_TRAITS[object.name], ...Object.fromEntries(told) }
}

/** The whole describe of an object, with the keys of a v58.0 recording. */
export function describe(schema: OrgSchema, object: ObjectSchema, version: string): Record<string, unknown> {
  const { described = {} } = object
  const children = schema.childRelationships(object.name).map((child) => ({
    cascadeDelete: child.cascadeDelete,
    childSObject: child.childSObject,
    deprecatedAndHidden: false,
    field: child.field,
    junctionIdListNames: [],
    junctionReferenceTo: [],
    relationshipName: child.relationshipName,
    restrictedDelete: false,
  }))
  return {
    actionOverrides: [],
    ...describeBriefly(object, version),
    compactLayoutable: true,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: object.fields.map(describeField),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [MASTER_RECORD_TYPE],
    searchLayoutable: true,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
    ...described,
    childRelationships: mergedChildren(children, described.childRelationships),
  }
}

interface Child {
  readonly childSObject: string
  readonly field: string
}

/** The children that the describe of a real org tells of, objects of which this org has none among them, and the org's own. */
function mergedChildren(own: readonly Child[], described: unknown): readonly Child[] {
  const told = (described ?? []) as readonly Child[]
  const known = new Set(told.map(({ childSObject, field }) => `${childSObject}.${field}`))
  return [...told, ...own.filter(({ childSObject, field }) => !known.has(`${childSObject}.${field}`))]
}

const MASTER_RECORD_TYPE = {
  active: true,
  available: true,
  defaultRecordTypeMapping: true,
  developerName: 'Master',
  master: true,
  name: 'Master',
  recordTypeId: '012000000000000AAA',
  urls: {},
}

function describeField(field: FieldSchema): Record<string, unknown> {
  const soapType = SOAP_TYPES[field.type] ?? 'xsd:string'
  return {
    aggregatable: field.aggregatable,
    aiPredictionField: false,
    autoNumber: field.autoNumber,
    byteLength: soapType === 'tns:ID' ? 18 : field.length * 3,
    calculated: field.calculated,
    calculatedFormula: null,
    cascadeDelete: field.cascadeDelete,
    caseSensitive: field.caseSensitive,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    createable: field.createable,
    custom: field.custom,
    defaultValue: field.defaultValue,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.digits,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.extraTypeInfo,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.nillable && field.createable,
    picklistValues: field.picklistValues.map((entry) => ({
      active: true,
      defaultValue: entry.defaultValue,
      label: entry.label,
      validFor: null,
      value: entry.value,
    })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.precision,
    queryByDistance: field.type === 'address',
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.type === 'reference' && field.createable,
    soapType,
    sortable: field.sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
    ...field.described,
  }
}
