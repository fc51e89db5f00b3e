import type { CustomField, CustomObject } from '../../src/schema/custom-schema.ts'
import type { FieldDescribe, ObjectDescribe } from '../../src/schema/described-object.ts'

/** A standard object that the demo org has not, in few words: Id, the audit fields and these. */
function described(name: string, keyPrefix: string, fields: readonly FieldDescribe[]): ObjectDescribe {
  return {
    name,
    label: name,
    labelPlural: `${name}s`,
    keyPrefix,
    custom: false,
    createable: true,
    updateable: true,
    deletable: true,
    searchable: true,
    fields: [dealtOut('Id', 'id', 18), dealtOut('CreatedDate', 'datetime', 0), ...fields],
  }
}

function dealtOut(name: string, type: string, length: number): FieldDescribe {
  return {
    name,
    label: name,
    type,
    length,
    createable: false,
    updateable: false,
    nillable: false,
    defaultedOnCreate: true,
  }
}

function text(name: string, rest: Partial<FieldDescribe> = {}): FieldDescribe {
  return { name, label: name, type: 'string', length: 255, ...rest }
}

function reference(name: string, to: string, relationshipName: string): FieldDescribe {
  return { name, label: name, type: 'reference', length: 18, referenceTo: [to], relationshipName }
}

/** The comments of a case. */
export const caseComment: ObjectDescribe = described('CaseComment', '00a', [
  reference('ParentId', 'Case', 'Parent'),
  reference('CreatedById', 'User', 'CreatedBy'),
  { ...text('CommentBody'), type: 'textarea' },
])

/** What a user may do. */
export const profile: ObjectDescribe = described('Profile', '00e', [text('Name', { nameField: true })])

/** Who is a contact of which accounts. */
export const accountContactRelation: ObjectDescribe = described('AccountContactRelation', '07k', [
  reference('AccountId', 'Account', 'Account'),
  reference('ContactId', 'Contact', 'Contact'),
  { name: 'IsDirect', label: 'Direct', type: 'boolean', nillable: false, defaultedOnCreate: true, defaultValue: false },
])

/** Accounts that are told apart by their record types. */
export const schoolAccount: ObjectDescribe = described('Account', '001', [
  reference('RecordTypeId', 'RecordType', 'RecordType'),
])

/** Addresses with codes, in an org with picklists of states and countries. */
export const stateCodes: ObjectDescribe = described(
  'Account',
  '001',
  ['Billing', 'Shipping'].flatMap((kind) =>
    ['StateCode', 'CountryCode'].map((part) => text(`${kind}${part}`, { compoundFieldName: `${kind}Address` })),
  ),
)

/** How many seats of a feature are taken. */
export const featureLicenseMetric: ObjectDescribe = described('ActiveFeatureLicenseMetric', '5H0', [
  text('FeatureType'),
])

/** What restforce's samples call their object. */
export const whizbang: ObjectDescribe = {
  ...described('Whizbang', 'a9W', [
    text('Name', { nameField: true }),
    text('Text_Label'),
    text('External__c', { externalId: true, idLookup: true }),
    { name: 'Checkbox_Label', label: 'Checkbox', type: 'boolean', defaultedOnCreate: true, defaultValue: false },
    { name: 'Date_Label', label: 'Date', type: 'date' },
    { name: 'DateTime_Label', label: 'Date Time', type: 'datetime' },
    text('Picklist_Multiselect_Label', { type: 'multipicklist' }),
    reference('ParentWhizbang__c', 'Whizbang', 'ParentWhizbang__r'),
  ]),
  childRelationships: [{ childSObject: 'Whizbang', field: 'ParentWhizbang__c', relationshipName: 'Whizbangs__r' }],
}

/** The custom object of an application that keeps its rows in step with a database. */
export const customObject: CustomObject = {
  name: 'CustomObject__c',
  fields: [
    { name: 'SynchronizationId__c', type: 'string', externalId: true, unique: true },
    { name: 'Example_Field__c', type: 'string' },
    { name: 'Friend__c', type: 'reference', referenceTo: ['Contact'] },
  ],
}

/** Books of a publisher. */
export const book: CustomObject = { name: 'Book__c', fields: numbers('Annualization_number__c') }

/** Courses that are taught with them. */
export const tutorCourse: CustomObject = {
  name: 'Tutor_Course__c',
  fields: [
    ...texts('Book_Name__c', 'Course_Code__c', 'Course_Name__c', 'Email__c', 'Error__c', 'External_ID__c'),
    ...texts('External_UUID__c', 'Latest_Adoption_Decision__c', 'Status__c', 'Period_UUID__c', 'Term__c'),
    ...numbers('Active_Teachers__c', 'Base_Year__c', 'Estimated_Enrollment__c', 'Sections__c', 'Students_Comped__c'),
    ...numbers('Students_Dropped__c', 'Students_Paid__c', 'Students_Refunded__c', 'Students_Using__c'),
    ...numbers('Students_With_Work__c'),
    { name: 'Course_Start_Date__c', type: 'date' },
    { name: 'E_Created_Date__c', type: 'date' },
    ...checkboxes('Paid_Course__c', 'Research_Project__c', 'Tutor_Pilot__c'),
    { name: 'Contact__c', type: 'reference', referenceTo: ['Contact'] },
  ],
}

/** Schools are accounts. */
export const schoolFields: readonly CustomField[] = [
  ...texts('School_Location__c', 'SheerID_School_Name__c'),
  ...checkboxes('K_I_P__c', 'child_of_kip__c'),
  ...numbers('Total_School_Enrollment__c'),
]

/** Teachers are contacts and leads. */
export const teacherFields: readonly CustomField[] = [
  ...texts('FV_Status__c', 'School_Type__c', 'All_Emails__c', 'Adoption_Status__c', 'Accounts_UUID__c'),
  ...texts('Assignable_Interest__c'),
  { name: 'Signup_Date__c', type: 'datetime' },
  { name: 'Assignable_Adoption_Date__c', type: 'date' },
]

/** Custom fields of the sample org that every developer gets. */
export const samplePersonFields: Readonly<Record<string, readonly CustomField[]>> = {
  Contact: texts('Level__c', 'Languages__c'),
}

/** What a form asks of a new teacher. */
export const teacherLeadFields: readonly CustomField[] = [
  ...texts('Subject__c', 'Adoption_Status__c', 'Accounts_ID__c', 'Accounts_UUID__c', 'Application_Source__c'),
  ...texts('Role__c', 'who_chooses_books__c', 'FV_Status__c'),
  ...checkboxes('Newsletter__c', 'Newsletter_Opt_In__c'),
  ...numbers('Number_of_Students__c'),
]

function texts(...names: readonly string[]): CustomField[] {
  return names.map((name) => ({ name, type: 'string' }))
}

function numbers(...names: readonly string[]): CustomField[] {
  return names.map((name) => ({ name, type: 'double', scale: 2 }))
}

function checkboxes(...names: readonly string[]): CustomField[] {
  return names.map((name) => ({ name, type: 'boolean' }))
}
