/** What the server wrote into the page for the explorer: addresses, texts, and names of values in the address. */

import { type PageTexts, useTexts } from './texts';

export { number, say, sayNumber } from './texts';

export interface PageData extends PageTexts {
  /** Addresses, each with the state of the page. */
  index: string;
  matches: string;
  suggest: string;
  map: string;
  explore: string;
  /** The address of an event's page, with `{id}` in place of its id. */
  event: string;
  /** The names of parameters. */
  titles: Record<string, string>;
  /** Parameters that choose a state, and parameters that are no filters. */
  state: string[];
  notFilters: string[];
  /** A parameter, a value, and the value in words. */
  named: [string, string, string][];
  /** A parameter, an id of it in the address, and the id that is meant: of the record into which it was merged. */
  meant: [string, string, string][];
  /** Ids in the address that no record has. */
  unknown: string[];
  unknownWords: string[];
  /** The number of events in the list of the page. */
  total: number;
}

export function readPageData(from: Document): PageData | null {
  const text = from.getElementById('explorer-data')?.textContent;
  return text ? (JSON.parse(text) as PageData) : null;
}

export let page: PageData;

export function usePage(data: PageData): void {
  page = data;
  useTexts(data);
}
