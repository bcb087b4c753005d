/** The texts that the server wrote into the page, in its language. */

export interface PageTexts {
  language: string;
  texts: Record<string, string>;
  /** Of each text with a number, the form for each plural category of the language. */
  plurals: Record<string, Record<string, string>>;
  groupSign: string;
}

let shown: PageTexts;
let plurals: Intl.PluralRules;

export function useTexts(data: PageTexts): void {
  shown = data;
  plurals = new Intl.PluralRules(data.language);
}

type Parts = Record<string, string | number>;

/** Return the text of a key, with its parts filled in. */
export function say(key: string, parts: Parts = {}): string {
  return fill(shown.texts[key] ?? key, parts);
}

/** Return the form of a text that fits the number. */
export function sayNumber(key: string, n: number, parts: Parts = {}): string {
  const forms = shown.plurals[key] ?? {};
  return fill(forms[plurals.select(n)] ?? forms['other'] ?? key, { count: number(n), ...parts });
}

function fill(text: string, parts: Parts): string {
  return text.replace(/%\((\w+)\)s/g, (whole, name: string) => String(parts[name] ?? whole));
}

/** Return a number with the sign of the language between groups of three digits. */
export function number(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, shown.groupSign);
}
