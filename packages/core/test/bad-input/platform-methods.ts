import type { Salesforce } from '@forcewire/core/portable'
import {
  call,
  callOptions,
  flag,
  number,
  optional,
  options,
  type Row,
  required,
  requiredOptions,
  text,
} from './parameter.ts'
import { anyId, apexCall, body, id, inputs, later, many, records, row } from './rows.ts'

/** The methods for what lies beyond records: Apex, actions, files, reports, approvals and events. */
export function platformRows(salesforce: Salesforce): Readonly<Record<string, Row>> {
  const { apex, actions, flows, files, reports, approvals, platformEvents } = salesforce
  const apexWithBody = (name: 'post' | 'put' | 'patch'): Row =>
    row([text('path', 'orders'), body, apexCall], (...given: [never]) => apex[name](...given))
  return {
    'apex.get': row([text('path', 'orders'), apexCall], (...given: [never]) => apex.get(...given)),
    'apex.post': apexWithBody('post'),
    'apex.put': apexWithBody('put'),
    'apex.patch': apexWithBody('patch'),
    'apex.delete': row([text('path', 'orders'), apexCall], (...given: [never]) => apex.delete(...given)),
    'actions.types': row([call], (...given) => actions.types(...given)),
    'actions.list': row([optional('type', 'flow', 'text'), call], (...given) => actions.list(...given)),
    'actions.describe': row([text('name', 'emailSimple'), call], (...given: [never]) => actions.describe(...given)),
    'actions.invoke': row(
      [text('name', 'emailSimple'), inputs, options(...callOptions, flag('raise'))],
      (...given: [never]) => actions.invoke(...given),
    ),
    'flows.list': row([call], (...given) => flows.list(...given)),
    'flows.describe': row([text('name', 'A'), call], (...given: [never]) => flows.describe(...given)),
    'flows.invoke': row([text('name', 'A'), inputs, options(...callOptions, flag('raise'))], (...given: [never]) =>
      flows.invoke(...given),
    ),

    'files.upload': row(
      [
        requiredOptions(
          text('pathOnClient', 'a.pdf'),
          required('data', 'x', 'text', 'empty text', 'blank text', 'function'),
          number('size', 1),
          optional('title', 'a', 'text'),
          optional('description', 'a', 'text'),
          optional('contentType', 'text/plain'),
          optional('contentDocumentId', id),
          optional('reasonForChange', 'a', 'text'),
          optional('linkTo', id, 'empty list'),
          optional('shareType', 'V'),
          optional('visibility', 'AllUsers'),
          optional('fields', {}, 'empty object'),
        ),
        call,
      ],
      (...given: [never]) => files.upload(...given),
    ),
    'files.download': row([anyId(''), call], (...given: [never]) => files.download(...given)),
    'files.versions': row([anyId('contentDocumentId'), call], (...given: [never]) => files.versions(...given), later),
    'files.link': row(
      [
        anyId('contentDocumentId'),
        anyId('recordId'),
        options(...callOptions, optional('shareType', 'V'), optional('visibility', 'AllUsers')),
      ],
      (...given: [never, never]) => files.link(...given),
    ),
    'files.links': row(
      [
        {
          ...requiredOptions({ ...anyId('recordId'), takes: ['undefined'] }),
          valid: { recordId: id },
          takes: ['undefined', 'empty object'],
        },
        call,
      ],
      (...given: [never]) => files.links(...given),
      later,
    ),
    ...Object.fromEntries(
      (['insertBlob', 'updateBlob'] as const).map((name) => [
        `files.${name}`,
        row(
          [
            ...(name === 'updateBlob' ? [anyId('id')] : []),
            requiredOptions(
              text('object', 'Attachment'),
              required('field', 'Body'),
              required('data', 'x', 'text', 'empty text', 'blank text', 'function'),
              number('size', 1),
              required('fields', {}, 'empty object'),
              optional('fileName', 'a', 'text'),
              optional('contentType', 'text/plain'),
            ),
            call,
          ],
          (...given: [never, never]) => (files[name] as (...more: never[]) => unknown)(...given),
        ),
      ]),
    ),
    'platformEvents.publish': row(
      [required('event', 'Order__e'), records, options(...many)],
      (...given: [never, never]) => platformEvents.publish(...given),
    ),
    'reports.list': row([call], (...given) => reports.list(...given)),
    'reports.describe': row([anyId('id'), call], (...given: [never]) => reports.describe(...given)),
    ...Object.fromEntries(
      (['run', 'start'] as const).map((name) => [
        `reports.${name}`,
        row(
          [
            anyId('id'),
            options(
              ...callOptions,
              flag('includeDetails'),
              optional('filters', [], 'empty list'),
              optional('metadata', {}, 'empty object'),
              ...(name === 'run' ? [flag('asynchronous')] : []),
            ),
          ],
          (...given: [never]) => reports[name](...given),
        ),
      ]),
    ),
    'reports.instance': row([anyId('id'), anyId('instanceId'), call], (...given: [never, never]) =>
      reports.instance(...given),
    ),
    'reports.instances': row([anyId('id'), call], (...given: [never]) => reports.instances(...given)),
    'reports.deleteInstance': row([anyId('id'), anyId('instanceId'), call], (...given: [never, never]) =>
      reports.deleteInstance(...given),
    ),
    'approvals.list': row([call], (...given) => approvals.list(...given)),
    'approvals.submit': row(
      [
        requiredOptions(
          anyId('recordId'),
          optional('comments', 'a', 'text'),
          optional('nextApproverIds', [id], 'empty list'),
          optional('processDefinitionNameOrId', 'a', 'text'),
          optional('skipEntryCriteria', false, 'true'),
          optional('submitterId', id),
        ),
        call,
      ],
      (...given: [never]) => approvals.submit(...given),
    ),
    ...Object.fromEntries(
      (['approve', 'reject'] as const).map((name) => [
        `approvals.${name}`,
        row(
          [
            requiredOptions(
              anyId('workItemId'),
              optional('comments', 'a', 'text'),
              optional('nextApproverIds', [id], 'empty list'),
            ),
            call,
          ],
          (...given: [never]) => approvals[name](...given),
        ),
      ]),
    ),
  }
}
