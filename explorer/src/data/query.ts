/** The parameters of the address, which are the parameters of the API. */

export type Pair = readonly [name: string, value: string];
export type Query = readonly Pair[];

/** Parameters that choose a page of the list on the server; the explorer shows the whole list. */
const PAGING = ['cursor', 'limit', 'total'];

export function readQuery(search: string): Query {
  return [...new URLSearchParams(search)].filter(([name, value]) => value !== '' && !PAGING.includes(name));
}

export function writeQuery(query: Query): string {
  const text = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
  return text && `?${text}`;
}

export function valuesOf(query: Query, name: string): string[] {
  return query.filter(([each]) => each === name).map(([, value]) => value);
}

export function valueOf(query: Query, name: string): string | undefined {
  return query.find(([each]) => each === name)?.[1];
}

export function has(query: Query, name: string, value: string): boolean {
  return query.some((pair) => pair[0] === name && pair[1] === value);
}

export function without(query: Query, name: string, value?: string): Query {
  return query.filter((pair) => pair[0] !== name || (value !== undefined && pair[1] !== value));
}

/** Return the query with one value of a parameter, in place of any others. */
export function withOnly(query: Query, name: string, value: string): Query {
  return [...without(query, name), [name, value]];
}

/** Parameters that name people: any of them, and all of them. */
const PEOPLE = ['participant', 'participant_all'];

/** Return the people that the query names. */
export function peopleOf(query: Query): string[] {
  return query.filter(([name]) => PEOPLE.includes(name)).map(([, id]) => id);
}

/** Return the query with one more person: the first took part, and each further one too. */
export function withPerson(query: Query, id: string): Query {
  const people = peopleOf(query);
  return people.includes(id) ? query : [...query, [people.length > 0 ? 'participant_all' : 'participant', id]];
}

export function withoutPerson(query: Query, id: string): Query {
  return query.filter(([name, value]) => value !== id || !PEOPLE.includes(name));
}

/** Return the query with one value of a parameter more. */
export function withAlso(query: Query, name: string, value: string): Query {
  return has(query, name, value) ? query : [...query, [name, value]];
}
