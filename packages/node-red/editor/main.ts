/** The dialogs' behaviour, as the global `forcewire` that the registrations in the generated HTML call. */
export * as bulkTriggerDialog from './bulk-trigger-dialog.ts'
export * as connectionDialog from './connection-dialog.ts'
export * as operationDialog from './operation-dialog.ts'
