import { lookup, readOnly } from '../fields.ts'
import { auditFields, identityFields } from '../system-fields.ts'
import type { FieldSchema, ObjectSchema } from '../types.ts'

const MADE_BY_PLATFORM = {
  custom: false,
  createable: false,
  updateable: false,
  deletable: false,
  searchable: false,
} as const
const READ_ONLY = { createable: false, updateable: false } as const

function partOfInstance(children: string): FieldSchema {
  return lookup('ProcessInstanceId', 'Process Instance ID', ['ProcessInstance'], 'ProcessInstance', {
    ...READ_ONLY,
    nillable: false,
    children,
    cascadeDelete: true,
  })
}

function actorFields(): FieldSchema[] {
  return [
    lookup('OriginalActorId', 'Original Actor ID', ['User'], 'OriginalActor', READ_ONLY),
    lookup('ActorId', 'Actor ID', ['User'], 'Actor', READ_ONLY),
  ]
}

/** ProcessDefinition after the Object Reference ("ProcessDefinition"): one for every approval process of the org. */
export const processDefinition: ObjectSchema = {
  ...MADE_BY_PLATFORM,
  name: 'ProcessDefinition',
  label: 'Process Definition',
  labelPlural: 'Process Definitions',
  keyPrefix: '04a',
  fields: [
    ...identityFields('Process Definition'),
    readOnly('Name', 'Process Definition Name', 'string', { length: 40, nillable: false, nameField: true }),
    readOnly('DeveloperName', 'Process Definition Unique Name', 'string', { length: 80, nillable: false }),
    readOnly('Type', 'Type', 'string', { length: 40 }),
    readOnly('Description', 'Description', 'textarea', { length: 1000 }),
    readOnly('TableEnumOrId', 'Custom Object Definition', 'string', { length: 40 }),
    readOnly('State', 'State', 'string', { length: 40 }),
    ...auditFields(),
  ],
}

/** ProcessInstance after the Object Reference: one record on its way through an approval process. */
export const processInstance: ObjectSchema = {
  ...MADE_BY_PLATFORM,
  name: 'ProcessInstance',
  label: 'Process Instance',
  labelPlural: 'Process Instances',
  keyPrefix: '04g',
  fields: [
    ...identityFields('Process Instance'),
    lookup('ProcessDefinitionId', 'Approval Process ID', ['ProcessDefinition'], 'ProcessDefinition', READ_ONLY),
    lookup(
      'TargetObjectId',
      'Target Object ID',
      ['Account', 'Case', 'Contact', 'Lead', 'Opportunity'],
      'TargetObject',
      {
        ...READ_ONLY,
        children: 'ProcessInstances',
        cascadeDelete: true,
      },
    ),
    readOnly('Status', 'Status', 'string', { length: 40 }),
    readOnly('CompletedDate', 'Completed Date', 'datetime'),
    lookup('LastActorId', 'Last Actor', ['User'], 'LastActor', READ_ONLY),
    lookup('SubmittedById', 'Submitted By', ['User'], 'SubmittedBy', READ_ONLY),
    ...auditFields(),
  ],
}

/** ProcessInstanceStep after the Object Reference: what was done so far, the submission included. */
export const processInstanceStep: ObjectSchema = {
  ...MADE_BY_PLATFORM,
  name: 'ProcessInstanceStep',
  label: 'Process Instance Step',
  labelPlural: 'Process Instance Steps',
  keyPrefix: '04h',
  fields: [
    ...identityFields('Process Instance Step'),
    partOfInstance('Steps'),
    readOnly('StepStatus', 'Status', 'string', { length: 40 }),
    ...actorFields(),
    readOnly('Comments', 'Comments', 'textarea', { length: 4000 }),
    ...auditFields(),
  ],
}

/** ProcessInstanceWorkitem after the Object Reference: an approval that somebody is asked for; gone when it is given. */
export const processInstanceWorkitem: ObjectSchema = {
  ...MADE_BY_PLATFORM,
  name: 'ProcessInstanceWorkitem',
  label: 'Approval Request',
  labelPlural: 'Approval Requests',
  keyPrefix: '04i',
  fields: [...identityFields('Approval Request'), partOfInstance('Workitems'), ...actorFields(), ...auditFields()],
}
