import type { SaveResult } from '../errors/partial-failure-error.ts'

/**
 * Results of a delete that was sent more than once. What is found deleted was deleted by the first send, of which only
 * the answer was lost.
 */
export function whereDeletedBefore(results: readonly SaveResult[], ids: readonly string[]): SaveResult[] {
  return results.map((result, index) => {
    const gone = result.errors.some((error) => error.errorCode === 'ENTITY_IS_DELETED')
    return gone ? { id: ids[index] as string, success: true, errors: [] } : result
  })
}
