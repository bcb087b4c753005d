/** The errors at a field, in the words of the server, which are English. */
import type { Fault } from './state';

export function Errors({ of, faults }: { of: string; faults: Fault[] }) {
  if (faults.length === 0) return null;
  return <ul id={`${of}-errors`} class="errors" lang="en">{faults.map(({ detail }, at) => <li key={at}>{detail}</li>)}</ul>;
}

/** Return the ids of the elements that describe a field: its errors and its help. */
export function describedBy(id: string, faults: Fault[], help = ''): string | undefined {
  return [faults.length > 0 ? `${id}-errors` : '', help].filter(Boolean).join(' ') || undefined;
}
