/** The words for parameters and their values. */
import type { Index, Value } from './data/index';
import { page } from './page';

export function titleOf(parameter: string): string {
  return page.titles[parameter] ?? parameter;
}

/** Return the title of a parameter with the sign before its value; a question has a sign already. */
export function leadOf(parameter: string): string {
  const title = titleOf(parameter);
  if (title.endsWith('?')) return title;
  return page.language === 'fr' ? `${title}\u00a0:` : `${title}:`;
}

/** Return a value of a parameter in words; the value itself if neither the index nor the page knows it. */
export function nameOf(index: Index, parameter: string, value: string): string {
  if (parameter === 'date' && /^[\d-]+\/[\d-]+$/.test(value)) return value.replace('/', '–');
  const known = valuesOf(index, parameter).find((each) => each.id === value);
  const named = page.named.find(([name, id]) => name === parameter && id === value);
  return known?.label ?? named?.[2] ?? value;
}

function valuesOf(index: Index, parameter: string): Value[] {
  switch (parameter) {
    case 'type': return index.types;
    case 'subtype': return index.subtypes;
    case 'status': return index.statuses;
    case 'confidence': return index.confidences;
    case 'role': return index.roles;
    case 'rank': return index.ranks;
    case 'office': return index.offices;
    case 'place': return index.places;
    case 'tag': return index.tags;
    case 'house': return index.houses;
    case 'side':
    case 'country': return index.countries;
    case 'participant':
    case 'participant_all':
    case 'company': return index.participants;
    default: return index.roles.some((role) => role.id === parameter) ? index.participants : [];
  }
}
