/** What the server wrote into the page for the desk. */
import { type PageTexts, useTexts } from '../texts';

export interface DeskData extends PageTexts {
  /** The address of the API, such as `/v1`. */
  api: string;
  /** The address of an event's page, with `{id}` in place of its id. */
  event: string;
  /** The languages of texts, and their names in the language of the page. */
  languages: [string, string][];
}

export let desk: DeskData;

export function readDesk(from: Document): boolean {
  const text = from.getElementById('desk-data')?.textContent;
  if (!text) return false;
  desk = JSON.parse(text) as DeskData;
  useTexts(desk);
  return true;
}

export function pageOf(event: string): string {
  return desk.event.replace('{id}', encodeURIComponent(event));
}
