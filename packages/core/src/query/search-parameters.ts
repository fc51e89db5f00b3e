import {
  checkedChoice,
  checkedFieldNames,
  checkedFlag,
  checkedId,
  checkedList,
  checkedName,
  checkedOptions,
  checkedText,
  checkedTexts,
  checkedWholeNumber,
} from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'

/**
 * A search by words. Follows "Search with Parameters in the Request Body" of the REST API guide (API 36.0 and later).
 */
export interface ParameterizedSearch {
  /** The words to find. Clauses of SOSL mean nothing here. */
  readonly q: string
  /** Fields of all objects that name none of their own; needs `sobjects`. Default: the Id. */
  readonly fields?: readonly string[] | undefined
  /** The objects to search. Default: all of them, which give Ids only. */
  readonly sobjects?: readonly SearchedObject[] | undefined
  /** The fields that are searched. Default `ALL`. */
  readonly in?: 'ALL' | 'NAME' | 'EMAIL' | 'PHONE' | 'SIDEBAR' | undefined
  /** Records of all objects together, 1 to 2,000. */
  readonly overallLimit?: number | undefined
  /** Records of each object that names no limit of its own, 1 to 2,000; needs `sobjects`. */
  readonly defaultLimit?: number | undefined
  /** Records to pass over, 0 to 2,000; needs exactly one object. */
  readonly offset?: number | undefined
  /** Name of a division. */
  readonly division?: string | undefined
  /** Knowledge articles and answers of these categories. */
  readonly dataCategories?: readonly DataCategoryFilter[] | undefined
  /** Ids of Experience Cloud sites. */
  readonly netWorkIds?: readonly string[] | undefined
  /** Products of this price book. */
  readonly pricebookId?: string | undefined
  /** Characters of context around a match in articles, cases and feeds, 50 to 1,000. */
  readonly snippet?: number | undefined
  /** Default true. */
  readonly spellCorrection?: boolean | undefined
  /** Counts the words that knowledge articles were searched for. Default false. */
  readonly updateTracking?: boolean | undefined
  /** Counts the views of knowledge articles. Default false. */
  readonly updateViewStat?: boolean | undefined
}

/** One object of a parameterized search. */
export interface SearchedObject {
  /** API name: `Account`. */
  readonly name: string
  /** Fields to read. Default: the Id. */
  readonly fields?: readonly string[] | undefined
  /** A condition as in SOQL, without the word WHERE. Write values with `soql`. */
  readonly where?: string | undefined
  /** Records of this object, 1 to 2,000. */
  readonly limit?: number | undefined
  /** `Name DESC NULLS_LAST` */
  readonly orderBy?: string | undefined
}

/** A filter by data categories. */
export interface DataCategoryFilter {
  /** API name of the category group. */
  readonly groupName: string
  /** How the categories are meant. */
  readonly operator: 'ABOVE' | 'ABOVE_OR_BELOW' | 'AT' | 'BELOW'
  /** API names of the categories. */
  readonly categories: readonly string[]
}

type Checks<T> = { readonly [K in keyof T]-?: (option: string, value: unknown) => unknown }

const upTo2000 = (option: string, value: unknown): number => checkedWholeNumber(option, value, 1, 2_000)

const objectChecks: Checks<SearchedObject> = {
  name: checkedName,
  fields: checkedFieldNames,
  where: checkedText,
  limit: upTo2000,
  orderBy: checkedText,
}

// Salesforce takes the members of a category filter in this order only.
const categoryChecks: Checks<DataCategoryFilter> = {
  groupName: checkedName,
  operator: (option, value) => checkedChoice(option, value, ['ABOVE', 'ABOVE_OR_BELOW', 'AT', 'BELOW']),
  categories: (option, value) => checkedTexts(option, value, 'names of categories', checkedName),
}

const checks: Checks<ParameterizedSearch> = {
  q: checkedText,
  fields: checkedFieldNames,
  sobjects: (option, value) => checkedItems(option, value, 'objects', objectChecks, ['name']),
  in: (option, value) => checkedChoice(option, value, ['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR']),
  overallLimit: upTo2000,
  defaultLimit: upTo2000,
  offset: (option, value) => checkedWholeNumber(option, value, 0, 2_000),
  division: checkedText,
  dataCategories: (option, value) =>
    checkedItems(option, value, 'category filters', categoryChecks, ['groupName', 'operator', 'categories']),
  netWorkIds: (option, value) => checkedTexts(option, value, 'Ids of sites', checkedId),
  pricebookId: checkedId,
  snippet: (option, value) => checkedWholeNumber(option, value, 50, 1_000),
  spellCorrection: checkedFlag,
  updateTracking: checkedFlag,
  updateViewStat: checkedFlag,
}

/** @throws ConfigurationError that names the parameter. */
export function checkedParameters(parameters: ParameterizedSearch): object {
  const body = checkedMembers('parameterizedSearch', '', parameters, checks, ['q'])
  const { fields, sobjects = [], defaultLimit, offset } = parameters
  if (sobjects.length === 0 && (fields !== undefined || defaultLimit !== undefined)) {
    throw new ConfigurationError('parameterizedSearch takes fields and defaultLimit for the objects in sobjects only.')
  }
  if (offset !== undefined && sobjects.length !== 1) {
    throw new ConfigurationError('parameterizedSearch takes offset with exactly one object in sobjects.')
  }
  return body
}

function checkedItems<T extends object>(
  option: string,
  value: unknown,
  what: string,
  known: Checks<T>,
  required: readonly (keyof T)[],
): readonly object[] {
  return checkedList<T>(option, value, what).map((item, index) => {
    const name = `${option}[${index}]`
    return checkedMembers(name, `${name}.`, item, known, required)
  })
}

/** The given members in the order of `known`, each checked. */
function checkedMembers<T extends object>(
  name: string,
  prefix: string,
  members: T,
  known: Checks<T>,
  required: readonly (keyof T)[],
): object {
  const options = Object.keys(known) as (keyof T & string)[]
  const given = checkedOptions(name, members, options)
  const used = options.filter((option) => given[option] !== undefined || required.includes(option))
  return Object.fromEntries(used.map((option) => [option, known[option](`${prefix}${option}`, given[option])]))
}
