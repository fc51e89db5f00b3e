import { ActionError } from '../org/org-access.ts'
import type { InvocableAction } from './action.ts'

/** Post to Chatter, of which the emulator keeps nothing but the answer (Actions Developer Guide, "Post to Chatter Actions"). */
function chatterPost(): InvocableAction {
  let posts = 0
  return {
    type: 'standard',
    name: 'chatterPost',
    label: 'Post to Chatter',
    description: 'Posts a message to a feed.',
    inputs: [
      { name: 'text', label: 'Message', type: 'TEXTAREA', required: true },
      { name: 'subjectNameOrId', label: 'Target Name or ID', required: true },
      { name: 'type', label: 'Target Type', type: 'PICKLIST' },
    ],
    outputs: [{ name: 'feedItemId', label: 'Feed Item ID', type: 'REFERENCE' }],
    invoke: () => {
      posts += 1
      return { feedItemId: `0D5fw0000${String(posts).padStart(6, '0')}AAA` }
    },
  }
}

/** Send Email; nothing is sent (Actions Developer Guide, "Send Email Actions"). */
const emailSimple: InvocableAction = {
  type: 'standard',
  name: 'emailSimple',
  label: 'Send Email',
  description: 'Sends an email whose subject, body and recipients are given.',
  inputs: [
    { name: 'emailAddresses', label: 'Recipient Address List' },
    { name: 'emailSubject', label: 'Subject', required: true },
    { name: 'emailBody', label: 'Body', type: 'TEXTAREA', required: true },
    { name: 'sendRichBody', label: 'Rich-Text-Formatted Body', type: 'BOOLEAN' },
  ],
  invoke: () => undefined,
}

/** A flow that opens a task about a contact or lead. */
const demoFlow: InvocableAction = {
  type: 'flow',
  name: 'Forcewire_Demo_Flow',
  label: 'Forcewire Demo Flow',
  description: 'Opens a task about a person and greets by name.',
  inputs: [
    { name: 'personName', label: 'Name of the person', required: true },
    { name: 'whoId', label: 'Contact or lead', type: 'REFERENCE' },
  ],
  outputs: [
    { name: 'greeting', label: 'Greeting' },
    { name: 'taskId', label: 'The task', type: 'REFERENCE' },
  ],
  invoke: ({ personName, whoId }, org) => {
    const task = { Subject: `Call ${String(personName)}`, ...(whoId !== undefined && { WhoId: whoId }) }
    return { greeting: `Hello ${String(personName)}`, taskId: org.create('Task', task) }
  },
}

/** An invocable Apex method that adds two numbers. */
const demoApex: InvocableAction = {
  type: 'apex',
  name: 'ForcewireCalculator',
  label: 'Add two numbers',
  description: 'Gives the sum of two numbers.',
  inputs: [
    { name: 'first', type: 'DOUBLE', required: true },
    { name: 'second', type: 'DOUBLE', required: true },
  ],
  outputs: [{ name: 'output', label: 'Sum', type: 'DOUBLE' }],
  invoke: ({ first, second }) => {
    if (typeof first === 'number' && typeof second === 'number') return { output: first + second }
    throw new ActionError('INVALID_ARGUMENT_TYPE', 'first and second must be numbers')
  },
}

/** The actions that every emulated org has. */
export function demoActions(): InvocableAction[] {
  return [chatterPost(), emailSimple, demoFlow, demoApex]
}
