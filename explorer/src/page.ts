/** What the server wrote into the page for the explorer: addresses, texts, and names of values in the address. */

export interface PageData {
  language: string;
  /** Addresses, each with the state of the page. */
  index: string;
  matches: string;
  suggest: string;
  map: string;
  explore: string;
  /** The address of an event's page, with `{id}` in place of its id. */
  event: string;
  texts: Record<string, string>;
  /** Of each text with a number, the form for each plural category of the language. */
  plurals: Record<string, Record<string, string>>;
  /** The names of parameters. */
  titles: Record<string, string>;
  /** Parameters that choose a state, and parameters that are no filters. */
  state: string[];
  notFilters: string[];
  /** A parameter, a value, and the value in words. */
  named: [string, string, string][];
  groupSign: string;
  /** Words that several parameters take. */
  words: Record<string, string>;
  /** The ids of records by the ids of others that were merged into them, as far as the address names them. */
  survivors: Record<string, string>;
  /** Ids in the address that no record has. */
  unknown: string[];
  /** The number of events in the list of the page. */
  total: number;
}

export function readPageData(from: Document): PageData | null {
  const text = from.getElementById('explorer-data')?.textContent;
  return text ? (JSON.parse(text) as PageData) : null;
}

export let page: PageData;
let plurals: Intl.PluralRules;

export function usePage(data: PageData): void {
  page = data;
  plurals = new Intl.PluralRules(data.language);
}

type Parts = Record<string, string | number>;

/** Return the text of a key, with its parts filled in. */
export function say(key: string, parts: Parts = {}): string {
  return fill(page.texts[key] ?? key, parts);
}

/** Return the form of a text that fits the number. */
export function sayNumber(key: string, n: number, parts: Parts = {}): string {
  const forms = page.plurals[key] ?? {};
  return fill(forms[plurals.select(n)] ?? forms['other'] ?? key, { count: number(n), ...parts });
}

function fill(text: string, parts: Parts): string {
  return text.replace(/%\((\w+)\)s/g, (whole, name: string) => String(parts[name] ?? whole));
}

/** Return a number with the sign of the language between groups of three digits. */
export function number(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, page.groupSign);
}
